package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// Logarithms of a softmax over the channels: `y = x - log Σ e^x` along the last axis, any shape.
public final class LogSoftmax implements Layer {
  private final Shape shape;

  /// A layer for samples of `shape`.
  public LogSoftmax(Shape shape) {
    this.shape = shape;
  }

  @Override
  public String kind() {
    return "log-softmax";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public void forward(Site s) {
    s.kernels().logSoftmax(s.y(), s.x());
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().logSoftmaxBackward(gx, s.gy(), s.y());
    }
  }
}
