package dev.lamina.kernel;

/// Powers with an integer exponent, the same bits everywhere and without allocation.
///
/// `StrictMath.pow` makes arrays at every call, which a training step must not.
public final class IntegerPower {
  private IntegerPower() {}

  /// `base^n` by repeated squaring: at most `2 log₂ n` roundings.
  ///
  /// @param n the exponent, ≥ 0
  public static double of(double base, long n) {
    double power = 1;
    double square = base;
    for (long left = n; left > 0; left >>= 1) {
      if ((left & 1) != 0) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }
}
