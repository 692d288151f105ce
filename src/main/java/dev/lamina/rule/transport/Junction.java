package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Projection;
import dev.lamina.network.Plan;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// A projection, and what a feedback must know to settle at it.
///
/// @param block name of the block
/// @param layer name of the projection in it
/// @param projection the projection above the error's way
/// @param classes outputs of the network
/// @param plan the phase
/// @param draws random numbers
/// @param kernels the arithmetic
public record Junction(
    String block,
    String layer,
    Projection projection,
    int classes,
    Plan plan,
    Draws draws,
    Kernels kernels) {
  /// The name of a feedback matrix, in streams and states.
  public static final String FEEDBACK = "feedback";

  /// The weights `W`, `[o, kh, kw, c / groups]` or `[o, in]`.
  public Tensor w() {
    return projection.weight().value();
  }

  /// A matrix of this shape, drawn once from stream `BLOCK.rule.LAYER.WHAT` in the outside order.
  ///
  /// @param shape `[rows, ...]`, the axes behind the first as those of W
  public Tensor drawn(String what, Shape shape, Initializer initial) {
    Layout layout = projection.weight().layout();
    Tensor outside = Tensor.zeros(w().type(), layout.outsideShape(shape));
    initial.fill(outside, projection.fanIn(), draws, kernels, stream(what));
    return layout.toInside(outside, shape);
  }

  /// The standard deviation of a law at this projection.
  public double deviation(Initializer.Centred initial) {
    Shape outside = projection.weight().layout().outsideShape(w().shape());
    return initial.deviation(w().reshape(outside), projection.fanIn());
  }

  /// The name of random numbers for a purpose.
  public String stream(String what) {
    return block + ".rule." + layer + "." + what;
  }

  /// An error about the settings of the rule at this projection.
  LaminaException fault(String what) {
    return new LaminaException(block + "." + layer + ": " + what);
  }
}
