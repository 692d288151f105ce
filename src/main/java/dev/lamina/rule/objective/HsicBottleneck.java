package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Output;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.tensor.Draws;
import java.util.List;

/// The HSIC bottleneck: a block's output shall depend little on the input and much on the label
/// (Ma, Lewis and Kleijn 2020).
///
/// ```
/// R  = K̄ (K̄ + λI)⁻¹,  K̄ = H K H,  λ = m ε     R_x, R_y, R_z of input X, labels Y, output Z
/// hx = tr(R_z R_x)       hy = tr(R_z R_y)       nHSIC(Z, X), nHSIC(Z, Y), before the update
///
/// M    = α R_x - β R_y                          once per batch, shared by the blocks
/// L(Z) = tr(R_z M) = α hx - β hy                 is made small
/// G    = λ A M A,  A = (K̄_z + λI)⁻¹,  S = G ∘ K_z
/// dL/dZ = -(2 / σ²d) (diag(S 1) - S) Z           goes down inside the block, not to its input
/// W ← optimizer(W, dL/dW)                        at once; the next block reads the new output
/// ```
///
/// `X` `[m, ..]` the network's input, `Z` `[m, ..]` with `d` numbers a sample, `R`, `M`, `A`, `G`
/// F64 `[m, m]`. The published optimizer is plain descent with coupled decay: its momentum never
/// acted, being made anew for each block and batch.
///
/// Constant outputs have a gradient of 0; a batch of one sample is refused; NaN ends the training
/// with an error that names block and batch.
///
/// Source: `specs/hsic-bottleneck.md`, sections 4, 5 and 7.
///
/// @param similarity how samples and labels are compared
/// @param alpha α, the weight of the input's term; 1 in every published run
/// @param beta β, the weight of the label's term (`lambda_y` of the original)
/// @param grouping which parameters the objective of a block changes
/// @param assignment how output units are given to classes when the last block learns by this rule
public record HsicBottleneck(
    HsicSimilarity similarity,
    double alpha,
    double beta,
    Grouping grouping,
    SolveAccuracy.Assignment assignment)
    implements Rule {
  /// Which parameters the objective of a block changes.
  public enum Grouping {
    /// Those of the block.
    ALIGNED,
    /// Of block i (from 0) numbers 2i and 2i + 1 among all of the network: the same as aligned in a
    /// network with two tensors a block. With four (affine normalisation) the objectives train
    /// lower blocks, and the upper half of the network never learns.
    ORIGINAL
  }

  @Override
  public String name() {
    return "hsic-bottleneck";
  }

  @Override
  public Reach reach() {
    return Reach.OWN;
  }

  @Override
  public Output output() {
    return Output.RECOMPUTED;
  }

  @Override
  public boolean readsNetworkInput() {
    return true;
  }

  /// The last block answers: with a unit for each class, or with a number when it has one unit.
  @Override
  public List<Evaluation> evaluations(Network network, int block) {
    int units = network.blocks().get(block).output().size();
    if (block < network.blocks().size() - 1 || network.classes() == 0) {
      return List.of();
    }
    return units == 1
        ? List.of(new NeedleMedians(network.classes()))
        : List.of(new SolveAccuracy(network.classes(), units, assignment));
  }

  @Override
  public Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    return new HsicBottleneckLearning(this, network, block, plan, kernels);
  }
}
