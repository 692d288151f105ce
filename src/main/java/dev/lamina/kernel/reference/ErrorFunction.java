package dev.lamina.kernel.reference;

/// The error function in double by `StrictMath` alone, with an error of a few ulp.
///
/// Below 3 the series `erf x = 2/√π · e^(-x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!`, whose terms all have one
/// sign (Abramowitz & Stegun 7.1.6); from there the continued fraction of erfc (7.1.14), evaluated
/// from its 100th level upwards.
final class ErrorFunction {
  private static final double SERIES_END = 3;
  private static final int LEVELS = 100;
  private static final double ROOT_PI = 1.772453850905516;

  private ErrorFunction() {}

  static double erf(double x) {
    double a = Math.abs(x);
    return a < SERIES_END ? series(x) : Math.copySign(1 - fraction(a), x);
  }

  /// `1 - erf(x)`; from 3 on its relative error stays below 1e-12, before that its absolute one
  /// below 1e-15.
  static double erfc(double x) {
    return x < SERIES_END ? 1 - erf(x) : fraction(x);
  }

  private static double series(double x) {
    double term = x;
    double sum = 0;
    for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      sum += term;
      term *= 2 * x * x / (2 * n + 1);
    }
    return 2 / ROOT_PI * StrictMath.exp(-x * x) * sum;
  }

  private static double fraction(double x) {
    double level = x;
    for (int k = LEVELS; k > 0; k--) {
      level = x + k / 2.0 / level;
    }
    return StrictMath.exp(-x * x) / (ROOT_PI * level);
  }
}
