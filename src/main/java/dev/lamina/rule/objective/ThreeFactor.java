package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.layer.Projection;
import dev.lamina.network.Block;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Tap;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The change of `Phsic` on grouped activities as a product of three factors: what a synapse could
/// compute.
///
/// ```
/// E = -dK = (γ C(L) - 2 C(K)) / m²          teaching signal: which samples should be more alike
/// s_i = Σ_j E_ij ∂K_ij/∂v_i, centred        Gaussian: -2 Σ_j M_ij (v_i - v_j), M = E ∘ K / σ²
/// ξ_ig = (2q/n) s_ig                        third factor: one number per group and sample
/// post_i = r_i f'(u_i),  r = x̄ / s^(1-q)    the divisively normalised rate of the neuron
/// ΔW_ab = Σ_i ξ_i,g(a) · post_ia · x_ib     third factor · post · pre
/// ```
///
/// `E` F64 `[m, m]`, `s`, `ξ` `[m, groups]`, `post` like the pre-activation `u`, `x` the padded
/// input; n neurons make a group. In a convolution the sum also runs over positions, and `r` goes
/// through a pool to where it came from. It equals `-dloss/dW` in a block without batch norm, which
/// couples the samples. Training computes the gradient, which costs less; this form allocates.
///
/// Source: Pogodin & Latham 2020; `specs/phsic.md`, section 6.
public final class ThreeFactor {
  private final Phsic.Groups groups;
  private final boolean centred;
  private final Kernels k;
  private final int block;
  private final Projection projection;
  private final LocalPlace place;
  private final LocalObjective objective;
  private final Tensor change;

  /// The change of one block of a network for batches of up to `capacity` samples.
  ///
  /// @throws LaminaException if its rule is not `Phsic` on groups
  public ThreeFactor(Network network, int block, int capacity, Kernels kernels) {
    Block home = network.blocks().get(block);
    if (!(home.rule() instanceof Phsic rule && rule.groups().isPresent())) {
      throw new LaminaException(
          "block '"
              + home.name()
              + "' does not learn by phsic on groups, which three factors need");
    }
    this.groups = rule.groups().get();
    this.centred = rule.center();
    this.k = kernels;
    this.block = block;
    this.projection = home.projection();
    this.place = LocalPlace.of(home, rule.at());
    int classes = LocalDescent.classes(network, home);
    this.objective = new LocalObjective(rule, place.shape(), classes, capacity, kernels);
    Tensor w = projection.weight().value();
    this.change = Tensor.zeros(w.type(), w.shape());
  }

  /// The three factors of a batch and the change that they make.
  ///
  /// @param teaching E
  /// @param third ξ
  /// @param post the post-synaptic factor
  /// @param change ΔW, of W's shape
  public record Factors(Tensor teaching, Tensor third, Tensor post, Tensor change) {}

  /// The factors of the batch that just went forward; the block's gradients are overwritten.
  public Factors of(Pass pass) {
    Tensor z = pass.tap(block, place.tap());
    int m = z.axis(0);
    Tensor e = Tensor.zeros(DType.F64, m, m);
    Tensor xi = Tensor.zeros(z.type(), m, groups.count());
    objective.labels(e, pass.labels());
    objective.loss(z, e);
    LocalObjective.Batch b = objective.batch();
    k.affine(e, b.dk, -1, 0); //                                                 E = -dK
    objective.similarity().gradient(xi, e, b.k, b.v); //                         s
    if (centred) {
      b.center(xi, xi);
    }
    k.affine(xi, xi, 2 * groups.power() / neurons(), 0); //                      ξ = (2q/n) s
    Tensor r = pass.error(block, place.tap());
    k.maps().divideGroups(r, z, b.mean, b.scale, 1 - groups.power()); //         r
    pass.backward(block, place.tap(), block);
    Tensor post = pass.error(block, Tap.U); //                                   r f'(u)
    Tensor product = broadcast(xi, post.shape());
    k.combine(product, product, post, Operation.MULTIPLY); //                    ξ · post
    k.correlate(change, product, pass.tap(block, Tap.X), projection.window(), 0);
    return new Factors(e, xi, post.copy(), change);
  }

  private int neurons() {
    return place.shape().size() / groups.count();
  }

  /// The number of each group at all of its channels and positions.
  private Tensor broadcast(Tensor xi, Shape shape) {
    int m = xi.axis(0);
    int channels = shape.axis(-1);
    Tensor perChannel = Tensor.zeros(xi.type(), m * groups.count(), channels / groups.count());
    k.fill(perChannel, 1);
    k.combineRows(perChannel, perChannel, xi.reshape(xi.size()), Operation.MULTIPLY);
    Tensor everywhere = Tensor.zeros(xi.type(), shape);
    k.maps().spread(everywhere, perChannel.reshape(m, channels));
    return everywhere;
  }
}
