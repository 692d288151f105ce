package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// Zeroes elements at random while learning and scales the rest: `y = x · mask / (1 - p)`.
///
/// Any shape. Outside of learning the identity. The mask of an update is drawn once and kept when
/// the batch goes forward again. By channel, a map loses whole channels of a sample; features lose
/// elements all the same.
///
/// Source: Srivastava et al. 2014, "Dropout"; `specs/operations.md`, section 7; `specs/phsic.md`,
/// section 8.3.
public final class Dropout implements Layer {
  /// What is dropped as one.
  public enum By {
    /// Every element for itself.
    ELEMENT,
    /// A channel of a map at all its positions.
    CHANNEL
  }

  private final Shape shape;
  private final KeepMask mask;

  /// A layer for samples of `shape` that drops elements with probability `p` in [0, 1).
  public Dropout(Shape shape, double p) {
    this(shape, p, By.ELEMENT);
  }

  /// A layer for samples of `shape` that drops with probability `p` in [0, 1).
  public Dropout(Shape shape, double p, By by) {
    this.shape = shape;
    this.mask = new KeepMask(shape, p, by);
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
    return mask.slots();
  }

  @Override
  public void forward(Site s) {
    if (mask.acts(s)) {
      mask.draw(s);
    }
    apply(s, s.y(), s.x());
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx != null) {
      apply(s, gx, s.gy());
    }
  }

  private void apply(Site s, Tensor to, Tensor from) {
    if (mask.acts(s)) {
      s.kernels().mask(to, from, mask.of(s), 1 / (1 - mask.p()));
    } else {
      s.kernels().affine(to, from, 1, 0);
    }
  }
}
