package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// The mask of a dropout layer: which elements, or which whole channels, a batch keeps.
///
/// It takes the first slots of its layer. A mask is drawn once for an update and kept when the
/// batch goes forward again.
final class KeepMask {
  private static final int MASK = 0;
  private static final int CHANNELS = 1;

  private final Shape shape;
  private final double p;
  private final boolean channels;

  /// @param p probability of being dropped, in [0, 1)
  KeepMask(Shape shape, double p, Dropout.By by) {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("the drop probability must be in [0, 1) but was " + p);
    }
    this.shape = shape;
    this.p = p;
    this.channels = by == Dropout.By.CHANNEL && shape.rank() == 3;
  }

  double p() {
    return p;
  }

  List<Slot> slots() {
    Slot mask = Slot.perSample(DType.U8, shape);
    return channels
        ? List.of(mask, Slot.perSample(DType.U8, Shape.of(shape.axis(2))))
        : List.of(mask);
  }

  /// Whether the mask of this batch is used at all.
  boolean acts(Site s) {
    return s.mode() == Mode.LEARN && p > 0;
  }

  /// Draws the mask of a batch that goes forward for the first time.
  void draw(Site s) {
    if (s.repeated()) {
      return;
    }
    s.draws().keep(s.slot(channels ? CHANNELS : MASK), p, s.stream(), s.step());
    if (channels) {
      s.kernels().maps().spread(s.slot(MASK), s.slot(CHANNELS));
    }
  }

  /// 1 where an element of the batch is kept, U8 in the shape of the input.
  Tensor of(Site s) {
    return s.slot(MASK);
  }
}
