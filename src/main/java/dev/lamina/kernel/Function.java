package dev.lamina.kernel;

/// A one-argument function of `Kernels.map`; on the vector tier each has a stated error in ulp.
public enum Function {
  /// Exponential.
  EXP,
  /// Exponential minus one, exact near 0.
  EXPM1,
  /// Natural logarithm; NaN below 0, -∞ at 0.
  LOG,
  /// Natural logarithm of 1 + x, exact near 0.
  LOG1P,
  /// Hyperbolic tangent.
  TANH,
  /// Error function.
  ERF,
  /// Square root.
  SQRT,
  /// Absolute value.
  ABS,
  /// -1, 0 or 1.
  SIGN,
  /// `x²`.
  SQUARE,
  /// `1 / x`.
  RECIPROCAL,
  /// `-x`.
  NEGATE
}
