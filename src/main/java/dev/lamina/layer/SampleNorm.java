package dev.lamina.layer;

import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// Scales each sample by a number of its own: its largest value, or the norm over channels.
///
/// ```
/// max:   y = x / max over the sample          (a sample whose maximum is 0 gives 0)
/// norm:  y = 10 x / max(‖x‖₂, 1e-12)          at every position, over channels
/// ```
///
/// An input transform: no gradient passes below it.
///
/// Source: `specs/softhebb.md`, section 1 (`max`, `normnorm`).
public final class SampleNorm implements Layer {
  /// Which number scales.
  public enum By {
    /// The largest value of the sample.
    MAX,
    /// A tenth of the Euclidean norm over channels.
    NORM
  }

  private final Shape shape;
  private final DType type;
  private final By by;

  /// A layer for samples of `shape`.
  public SampleNorm(Shape shape, DType type, By by) {
    this.shape = shape;
    this.type = type;
    this.by = by;
  }

  @Override
  public String kind() {
    return by == By.MAX ? "max-norm" : "channel-norm";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public List<Slot> remembers() {
    return List.of(Slot.perSample(type, Shape.of(by == By.MAX ? 1 : shape.rows())));
  }

  @Override
  public void forward(Site s) {
    Tensor scale = s.slot(0).reshape(s.slot(0).size());
    Tensor x = s.x().reshape(scale.size(), s.x().size() / Math.max(1, scale.size()));
    if (by == By.MAX) {
      s.kernels().reduce(scale, Reduction.MAX, x, 1);
    } else {
      s.kernels().reduce(scale, Reduction.NORM_2, x, 1);
      s.kernels().affine(scale, scale, 0.1, 0);
    }
    s.kernels().combineRows(s.y().reshape(x.shape()), x, scale, Operation.DIVIDE);
  }

  @Override
  public void backward(Site s) {
    if (s.gx() != null) {
      throw new IllegalStateException(kind() + " is an input transform: no error passes below it");
    }
  }
}
