package dev.lamina.layer;

import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// Drops channels more often where they agree: `p · (1 - s / max s)`, without rescaling.
///
/// `s` `[n, h, w]` is the unbiased standard deviation over channels, the maximum is over the whole
/// batch; each channel at a position is zeroed independently while learning. The identity
/// otherwise. The gradient passes where the channel survived.
///
/// Source: `specs/softhebb.md`, section 8.4.
public final class AttentionDropout implements Layer {
  private static final int DEVIATION = 0;
  private static final int LARGEST = 1;
  private static final int UNIFORM = 2;

  private final Shape shape;
  private final DType type;
  private final double p;

  /// A layer for samples of shape `[h, w, c]`.
  public AttentionDropout(Shape shape, DType type, double p) {
    this.shape = shape;
    this.type = type;
    this.p = p;
  }

  @Override
  public String kind() {
    return "attention-dropout";
  }

  @Override
  public Shape output() {
    return shape;
  }

  @Override
  public List<Slot> remembers() {
    return List.of(
        Slot.perSample(type, Shape.of(shape.rows())),
        Slot.perBatch(type, 1),
        Slot.perSample(type, shape));
  }

  @Override
  public void forward(Site s) {
    if (s.mode() != Mode.LEARN) {
      s.kernels().affine(s.y(), s.x(), 1, 0);
      return;
    }
    Tensor probability = s.slot(DEVIATION);
    Tensor rows = probability.reshape(probability.size());
    s.kernels()
        .reduce(rows, Reduction.UNBIASED_DEVIATION, s.x().reshape(rows.size(), shape.axis(-1)), 1);
    s.kernels().reduce(s.slot(LARGEST), Reduction.MAX, rows, 0);
    s.kernels().combineColumns(rows, rows, s.slot(LARGEST), Operation.DIVIDE);
    s.kernels().affine(rows, rows, -p, p);
    if (!s.repeated()) {
      s.draws().uniform(s.slot(UNIFORM), s.stream(), s.step());
    }
    s.kernels().dropBelow(s.y(), s.x(), s.slot(UNIFORM), rows);
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx == null) {
      return;
    }
    if (s.mode() == Mode.LEARN) {
      s.kernels().dropBelow(gx, s.gy(), s.slot(UNIFORM), s.slot(DEVIATION));
    } else {
      s.kernels().affine(gx, s.gy(), 1, 0);
    }
  }
}
