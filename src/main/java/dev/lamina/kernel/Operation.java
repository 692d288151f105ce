package dev.lamina.kernel;

/// A two-argument operation of `Kernels.combine` and `Kernels.broadcast`.
public enum Operation {
  /// `a + b`.
  ADD,
  /// `a - b`.
  SUBTRACT,
  /// `a * b`.
  MULTIPLY,
  /// `a / b`.
  DIVIDE,
  /// The larger; NaN if either is NaN.
  MAX,
  /// The smaller; NaN if either is NaN.
  MIN
}
