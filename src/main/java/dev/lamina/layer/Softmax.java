package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// Softmax over the channels: `y = softmax(T x)` along the last axis, any shape.
public final class Softmax implements Layer {
  private final Shape shape;
  private final double inverseTemperature;

  /// A layer for samples of `shape` with inverse temperature T > 0.
  public Softmax(Shape shape, double inverseTemperature) {
    this.shape = shape;
    this.inverseTemperature = inverseTemperature;
  }

  @Override
  public String kind() {
    return "softmax";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public void forward(Site s) {
    s.kernels().softmax(s.y(), s.x(), inverseTemperature);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().softmaxBackward(gx, s.gy(), s.y(), inverseTemperature);
    }
  }
}
