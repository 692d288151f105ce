package dev.lamina.layer;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Pool;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// The shortcut without parameters of a residual layer whose body halves the map and widens it.
///
/// ```
/// y[n, i, j, front + c] = x[n, s i, s j, c]      all other channels are 0
/// ```
///
/// - `x` `[n, h, w, c]`, `y` `[n, ⌈h/s⌉, ⌈w/s⌉, planes]`; front = ⌊(planes - c)/2⌋
///
/// Source: He et al. 2015, "Deep Residual Learning for Image Recognition", section 4.2, option A;
/// `specs/weight-transport.md`, section 5.5.
public final class Subsample implements Layer {
  private static final int SMALL = 0;
  private static final int SMALL_GRADIENT = 1;

  private final DType type;
  private final Pool pool;
  private final Shape small;
  private final Shape output;
  private final int front;

  /// A layer for samples of shape `input` `[h, w, c]`.
  ///
  /// @param stride s ≥ 1
  /// @param planes channels of the output, at least c
  /// @throws IllegalArgumentException if the input is no map, or has more channels
  public Subsample(Shape input, DType type, int stride, int planes) {
    if (input.rank() != 3 || input.axis(2) > planes) {
      throw new IllegalArgumentException(
          "no channels can be added to " + input + " to make " + planes + " planes");
    }
    this.type = type;
    this.pool = new Pool(1, stride, 0);
    this.small = AvgPool.pooled(input, pool);
    this.output = Shape.of(small.axis(0), small.axis(1), planes);
    this.front = (planes - input.axis(2)) / 2;
  }

  @Override
  public String kind() {
    return "subsample";
  }

  @Override
  public Shape output() {
    return output;
  }

  @Override
  public List<Slot> remembers() {
    return List.of(Slot.perSample(type, small), Slot.perSample(type, small));
  }

  @Override
  public void forward(Site s) {
    Kernels k = s.kernels();
    k.avgPool(s.slot(SMALL), s.x(), pool);
    k.fill(s.y(), 0);
    k.maps().copyColumns(s.y(), front, s.slot(SMALL), 0, small.axis(2));
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      s.kernels().maps().copyColumns(s.slot(SMALL_GRADIENT), 0, s.gy(), front, small.axis(2));
      s.kernels().avgPoolBackward(gx, s.slot(SMALL_GRADIENT), pool);
    }
  }
}
