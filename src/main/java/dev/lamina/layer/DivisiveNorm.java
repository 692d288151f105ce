package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// Divides each group of neurons by a power of its own variance.
///
/// ```
/// x̄ = x - mean of the group     s = (δ + Σ x̄²) / n     r = x̄ / s^p
/// ```
///
/// - `x`, `r` `[m, h, w, c]` or `[m, c]`; a group is c/G neighbouring channels with all their
///   positions, n elements of a sample
/// - the gradient goes through mean and s; a group with s = 0 gives 0 and gradient 0
///
/// Source: Pogodin & Latham 2020, "Kernelized information bottleneck leads to biologically
/// plausible 3-factor Hebbian learning in deep networks"; `specs/phsic.md`, sections 5 and 14.
public final class DivisiveNorm implements Layer {
  private static final int MEAN = 0;
  private static final int SCALE = 1;

  private final Shape shape;
  private final DType type;
  private final int groups;
  private final double power;
  private final double delta;

  /// A layer for samples of `shape`.
  ///
  /// @param groups G, which divides the channels into groups of at least 2 elements
  /// @param power p
  /// @param delta δ ≥ 0
  /// @throws IllegalArgumentException if there are no such groups
  public DivisiveNorm(Shape shape, DType type, int groups, double power, double delta) {
    requireGroups(shape, groups);
    this.shape = shape;
    this.type = type;
    this.groups = groups;
    this.power = power;
    this.delta = delta;
  }

  static void requireGroups(Shape shape, int groups) {
    int channels = shape.axis(-1);
    if (channels % groups != 0 || shape.size() / groups < 2) {
      throw new IllegalArgumentException(
          groups
              + " groups do not divide the "
              + channels
              + " channels of "
              + shape
              + " into groups of at least 2 neurons");
    }
  }

  @Override
  public String kind() {
    return "divisive-norm";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public List<Slot> remembers() {
    Slot perGroup = Slot.perSample(type, Shape.of(groups));
    return List.of(perGroup, perGroup);
  }

  @Override
  public void forward(Site s) {
    s.kernels().maps().groupMoments(s.slot(MEAN), s.slot(SCALE), s.x(), delta);
    s.kernels().maps().divideGroups(s.y(), s.x(), s.slot(MEAN), s.slot(SCALE), power);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels()
          .maps()
          .divideGroupsBackward(gx, s.gy(), s.x(), s.slot(MEAN), s.slot(SCALE), power);
    }
  }
}
