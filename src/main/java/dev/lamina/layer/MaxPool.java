package dev.lamina.layer;

import dev.lamina.kernel.Pool;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// The largest value of each window of a map; the first maximum takes the gradient.
///
/// - `x` `[n, h, w, c]`, `y` `[n, oh, ow, c]`; padding is -∞
///
/// Source: `specs/operations.md`, section 3.
public final class MaxPool implements Layer {
  private final Shape output;
  private final Pool pool;

  /// A layer for samples of shape `input` `[h, w, c]`.
  public MaxPool(Shape input, Pool pool) {
    this.output = AvgPool.pooled(input, pool);
    this.pool = pool;
  }

  /// The window.
  public Pool pool() {
    return pool;
  }

  @Override
  public String kind() {
    return "max-pool";
  }

  @Override
  public Shape output() {
    return output;
  }

  @Override
  public List<Slot> remembers() {
    return List.of(Slot.perSample(DType.I32, output));
  }

  @Override
  public void forward(Site s) {
    s.kernels().maxPool(s.y(), s.slot(0), s.x(), pool);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().maxPoolBackward(gx, s.gy(), s.slot(0), pool);
    }
  }
}
