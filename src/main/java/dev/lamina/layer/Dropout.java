package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// Zeroes elements at random while learning and scales the rest: `y = x · mask / (1 - p)`.
///
/// Any shape. Outside of learning the identity. The mask of an update is drawn once and kept when
/// the batch goes forward again.
///
/// Source: Srivastava et al. 2014, "Dropout"; `specs/operations.md`, section 7.
public final class Dropout implements Layer {
  private final Shape shape;
  private final double p;

  /// A layer for samples of `shape` that drops with probability `p` in [0, 1).
  public Dropout(Shape shape, double p) {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("the drop probability must be in [0, 1) but was " + p);
    }
    this.shape = shape;
    this.p = p;
  }

  @Override
  public String kind() {
    return "dropout";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public List<Slot> remembers() {
    return List.of(Slot.perSample(DType.U8, shape));
  }

  @Override
  public void forward(Site s) {
    if (s.mode() != Mode.LEARN) {
      s.kernels().affine(s.y(), s.x(), 1, 0);
      return;
    }
    if (!s.repeated()) {
      s.draws().keep(s.slot(0), p, s.stream(), s.step());
    }
    s.kernels().mask(s.y(), s.x(), s.slot(0), 1 / (1 - p));
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx == null) {
      return;
    }
    if (s.mode() == Mode.LEARN) {
      s.kernels().mask(gx, s.gy(), s.slot(0), 1 / (1 - p));
    } else {
      s.kernels().affine(gx, s.gy(), 1, 0);
    }
  }
}
