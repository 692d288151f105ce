package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// One-hot of the largest channel at every position, the lowest index among equals.
///
/// Piecewise constant: its gradient is 0.
public final class Winner implements Layer {
  private final Shape shape;

  /// A layer for samples of `shape`.
  public Winner(Shape shape) {
    this.shape = shape;
  }

  @Override
  public String kind() {
    return "winner";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public List<Slot> remembers() {
    return List.of(Slot.perSample(DType.I32, Shape.of(shape.rows())));
  }

  @Override
  public void forward(Site s) {
    int channels = shape.axis(-1);
    Tensor winners = s.slot(0).reshape(s.slot(0).size());
    s.kernels().argmax(winners, s.x().reshape(winners.size(), channels));
    s.kernels().oneHot(s.y().reshape(winners.size(), channels), winners);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().fill(gx, 0);
    }
  }
}
