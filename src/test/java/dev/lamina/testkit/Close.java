package dev.lamina.testkit;

import dev.lamina.tensor.Tensor;

/// Equality up to rounding in F64, by the measure of golden cases: `max|got - want| / max|want|` of
/// at most 1e-9.
public final class Close {
  private static final double TOLERANCE = 1e-9;
  private static final double SMALLEST_SCALE = 1e-30;

  private Close() {}

  /// Fails if a tensor differs from another by more than rounding.
  ///
  /// @param what a name for the message
  public static void verify(String what, Tensor want, Tensor got) {
    verify(what, want.toDoubles(), got.toDoubles());
  }

  /// Fails if numbers differ from others by more than rounding.
  public static void verify(String what, double[] want, double[] got) {
    if (want.length != got.length) {
      throw new AssertionError(what + ": " + got.length + " numbers instead of " + want.length);
    }
    double scale = SMALLEST_SCALE;
    double worst = 0;
    int at = 0;
    for (int i = 0; i < want.length; i++) {
      scale = Math.max(scale, Math.abs(want[i]));
      double error = Math.abs(got[i] - want[i]);
      if (!(error <= worst)) {
        worst = error;
        at = i;
      }
    }
    if (!(worst <= TOLERANCE * scale)) {
      throw new AssertionError(
          "%s: error %.3g of %.3g; at flat index %d got %s, want %s"
              .formatted(what, worst, scale, at, got[at], want[at]));
    }
  }
}
