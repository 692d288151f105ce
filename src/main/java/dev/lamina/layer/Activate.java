package dev.lamina.layer;

import dev.lamina.kernel.Activation;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// An activation function, element by element: `y = f(x)`.
///
/// The triangle subtracts the mean over channels first and treats it as a constant in the gradient
/// (`specs/softhebb.md`, section 8). Any shape; `gx = gy f'(x)`.
public final class Activate implements Layer {
  private final String kind;
  private final Shape shape;
  private final Activation function;

  /// The function on samples of `shape`.
  ///
  /// @param kind the name in descriptions
  public Activate(String kind, Shape shape, Activation function) {
    this.kind = kind;
    this.shape = shape;
    this.function = function;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public void forward(Site s) {
    s.kernels().activate(s.y(), s.x(), function);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().activateBackward(gx, s.gy(), s.x(), function);
    }
  }
}
