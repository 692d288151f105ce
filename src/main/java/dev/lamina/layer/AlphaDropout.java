package dev.lamina.layer;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// Dropout for SELU: what is dropped gets the value that SELU tends to, and mean 0 and variance 1
/// stay.
///
/// ```
/// y = a x + a α' p   where kept,   -α' a + a α' p   where dropped
/// a = 1 / √((α'² p + 1)(1 - p))    α' = 1.7580993408473766
/// ```
///
/// Any shape. Outside of learning the identity. Masks as in `Dropout`; by channel, a map drops
/// whole channels of a sample.
///
/// Source: Klambauer et al. 2017, "Self-Normalizing Neural Networks"; `specs/phsic.md`, section
/// 8.3.
public final class AlphaDropout implements Layer {
  /// λα of SELU: minus the value it tends to.
  private static final double ALPHA = 1.7580993408473766;

  private final Shape shape;
  private final KeepMask mask;
  private final double a;

  /// A layer for samples of `shape` that drops with probability `p` in [0, 1).
  public AlphaDropout(Shape shape, double p, Dropout.By by) {
    this.shape = shape;
    this.mask = new KeepMask(shape, p, by);
    this.a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
  }

  @Override
  public String kind() {
    return "alpha-dropout";
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
    Kernels k = s.kernels();
    if (!mask.acts(s)) {
      k.affine(s.y(), s.x(), 1, 0);
      return;
    }
    mask.draw(s);
    k.affine(s.y(), s.x(), 1, ALPHA); //                          x + α'
    k.mask(s.y(), s.y(), mask.of(s), a); //                       a (x + α'), or 0
    k.affine(s.y(), s.y(), 1, a * ALPHA * (mask.p() - 1)); //     - a α' + a α' p
  }

  @Override
  public void backward(Site s) {
    Tensor gx = s.gx();
    if (gx == null) {
      return;
    }
    if (mask.acts(s)) {
      s.kernels().mask(gx, s.gy(), mask.of(s), a);
    } else {
      s.kernels().affine(gx, s.gy(), 1, 0);
    }
  }
}
