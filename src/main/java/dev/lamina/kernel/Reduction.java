package dev.lamina.kernel;

/// What `Kernels.reduce` computes along an axis (`specs/operations.md`, section 10).
public enum Reduction {
  /// Sum.
  SUM,
  /// Sum divided by the count.
  MEAN,
  /// Biased variance (1/m), by two passes.
  VARIANCE,
  /// Unbiased variance (1/(m-1)), by two passes.
  UNBIASED_VARIANCE,
  /// Square root of the unbiased variance.
  UNBIASED_DEVIATION,
  /// Largest value; NaN if any is NaN.
  MAX,
  /// Smallest value; NaN if any is NaN.
  MIN,
  /// Largest absolute value; NaN if any is NaN.
  ABSOLUTE_MAX,
  /// Position of the largest value, the lowest among equals; the output is I32.
  ARGMAX,
  /// Position of the smallest value, the lowest among equals; the output is I32.
  ARGMIN,
  /// Sum of absolute values.
  NORM_1,
  /// Square root of the sum of squares.
  NORM_2,
  /// Cube root of the sum of absolute cubes.
  NORM_3,
  /// Logarithm of the sum of exponentials, the maximum subtracted first.
  LOG_SUM_EXP,
  /// Product.
  PRODUCT
}
