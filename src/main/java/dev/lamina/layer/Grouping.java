package dev.lamina.layer;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// A power of the variance of each group of neurons: what a kernel compares instead of neurons.
///
/// ```
/// x̄ = x - mean of the group     s = (δ + Σ x̄²) / n     v = s^q     centered: v - mean of v over groups
/// ```
///
/// - `x` `[m, h, w, c]` or `[m, c]`, `v` `[m, G]`; a group is c/G neighbouring channels with all
///   their positions, n elements of a sample
/// - a group with s = 0 gives 0 and gradient 0
///
/// Source: Pogodin & Latham 2020, "Kernelized information bottleneck leads to biologically
/// plausible 3-factor Hebbian learning in deep networks"; `specs/phsic.md`, sections 5 and 14.
public final class Grouping implements Layer {
  private static final int MEAN = 0;
  private static final int SCALE = 1;
  private static final int CENTERED = 2;
  private static final int CENTER = 3;

  private final DType type;
  private final int groups;
  private final double power;
  private final double delta;
  private final boolean centered;

  /// A layer for samples of `shape`.
  ///
  /// @param groups G, which divides the channels into groups of at least 2 elements
  /// @param power q > 0
  /// @param delta δ ≥ 0
  /// @param centered whether each sample's mean over groups is taken off
  /// @throws IllegalArgumentException if there are no such groups
  public Grouping(
      Shape shape, DType type, int groups, double power, double delta, boolean centered) {
    DivisiveNorm.requireGroups(shape, groups);
    this.type = type;
    this.groups = groups;
    this.power = power;
    this.delta = delta;
    this.centered = centered;
  }

  @Override
  public String kind() {
    return "grouping";
  }

  @Override
  public Shape output() {
    return Shape.of(groups);
  }

  @Override
  public List<Slot> remembers() {
    Slot perGroup = Slot.perSample(type, Shape.of(groups));
    return List.of(perGroup, perGroup, perGroup, Slot.perSample(type, Shape.of()));
  }

  @Override
  public void forward(Site s) {
    Kernels k = s.kernels();
    k.maps().groupMoments(s.slot(MEAN), s.slot(SCALE), s.x(), delta);
    k.signedPower(s.y(), s.slot(SCALE), power);
    if (centered) {
      center(s, s.y(), s.y());
    }
  }

  /// `out = v - mean of v over groups`, which is its own adjoint.
  private void center(Site s, Tensor out, Tensor v) {
    s.kernels().reduce(s.slot(CENTER), Reduction.MEAN, v, 1);
    s.kernels().combineRows(out, v, s.slot(CENTER), Operation.SUBTRACT);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx == null) {
      return;
    }
    Tensor gv = s.gy();
    if (centered) {
      center(s, s.slot(CENTERED), gv);
      gv = s.slot(CENTERED);
    }
    s.kernels().maps().groupPowersBackward(gx, gv, s.x(), s.slot(MEAN), s.slot(SCALE), power);
  }
}
