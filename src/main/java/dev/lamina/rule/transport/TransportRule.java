package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.tensor.Draws;
import java.util.List;

/// Gradient descent whose error is carried below each projection by a matrix of the rule's choice.
///
/// ```
/// gW = Dᵀ X̂     gb = Σ D     gx = fold(D V)     W ← optimizer(W, gW)
/// ```
///
/// `D` `[n, .., out]` the error that arrived, `X̂` `[n, .., in]` patches, `V` the matrix of
/// `feedback`. Only the error of the layer below depends on `V`; everything between two projections
/// passes errors by its exact derivative.
///
/// Source: `specs/weight-transport.md`, section 1.
public interface TransportRule extends Rule {
  /// What the rules of the family have in common.
  TransportOptions options();

  /// Which matrix carries the error below a projection: all that the family differs in.
  Feedback feedback(Junction junction);

  /// The name in the literature, for example `fa`; empty if it has none.
  default String abbreviation() {
    return "";
  }

  @Override
  default String label() {
    return abbreviation().isEmpty() ? name() : name() + " (" + abbreviation() + ")";
  }

  @Override
  default Reach reach() {
    return Reach.ALL;
  }

  @Override
  default List<Evaluation> evaluations(Network network, int block) {
    return List.of(new DeltaAngles(network, 1));
  }

  @Override
  default Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    return new TransportLearning(this, network, block, plan, draws, kernels);
  }
}
