package dev.lamina.layer;

import dev.lamina.kernel.Pool;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The mean of each window of a map, padded zeros included.
///
/// - `x` `[n, h, w, c]`, `y` `[n, oh, ow, c]`
///
/// Source: `specs/operations.md`, section 3.
public final class AvgPool implements Layer {
  private final Shape output;
  private final Pool pool;

  /// A layer for samples of shape `input` `[h, w, c]`.
  public AvgPool(Shape input, Pool pool) {
    this.output = pooled(input, pool);
    this.pool = pool;
  }

  static Shape pooled(Shape input, Pool pool) {
    if (input.rank() != 3 || pool.out(input.axis(0)) < 1 || pool.out(input.axis(1)) < 1) {
      throw new IllegalArgumentException(
          "a pool of "
              + pool.kernel()
              + "x"
              + pool.kernel()
              + " with padding "
              + pool.padding()
              + " does not fit a map of shape "
              + input);
    }
    return Shape.of(pool.out(input.axis(0)), pool.out(input.axis(1)), input.axis(2));
  }

  /// The window.
  public Pool pool() {
    return pool;
  }

  @Override
  public String kind() {
    return "avg-pool";
  }

  @Override
  public Shape output() {
    return output;
  }

  @Override
  public void forward(Site s) {
    s.kernels().avgPool(s.y(), s.x(), pool);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().avgPoolBackward(gx, s.gy(), pool);
    }
  }
}
