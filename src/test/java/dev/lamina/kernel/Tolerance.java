package dev.lamina.kernel;

import dev.lamina.tensor.DType;

/// How far a kernel may be from the oracle: `u (relative |want| + absolute)`, where u is the
/// rounding unit of the type under test (2⁻²⁴ or 2⁻⁵³).
///
/// The oracle computes in F64 on the same inputs. Below the smallest normal number a rounding is
/// absolute, so that number is always allowed. The inputs of contract tests are standard normal
/// numbers (absolute values below 6) unless the test says otherwise.
///
/// @param relative allowed roundings of the result
/// @param absolute allowed roundings of numbers of size 1 on the way
record Tolerance(double relative, double absolute) {
  /// Nothing is computed, only chosen or copied.
  static final Tolerance EXACT = new Tolerance(0, 0);

  /// One correctly rounded operation.
  static final Tolerance ROUNDED = new Tolerance(1, 0);

  /// The largest absolute value among the inputs of a test.
  private static final double LARGEST_INPUT = 6;

  /// A function whose result is within `n` ulp: an ulp is at most two rounding units.
  static Tolerance ulps(int n) {
    return new Tolerance(2 * n, 0);
  }

  /// `n` roundings one after the other of numbers as large as a product of two inputs.
  static Tolerance steps(int n) {
    return new Tolerance(n, n * LARGEST_INPUT);
  }

  /// A sum of `n` products of two inputs, in any order.
  ///
  /// Probabilistic rounding analysis (Higham & Mary 2019): with the constant λ the error is at most
  /// `λ √n u Σ|terms|`, whatever the order; λ = 4 fails once in a thousand million. Σ|terms| is n
  /// times the mean of |x y|, 0.64 for normal numbers, plus one largest term for small n.
  static Tolerance sum(int n) {
    return new Tolerance(1, 4 * Math.sqrt(n + 1.0) * (n + LARGEST_INPUT * LARGEST_INPUT));
  }

  /// A mean of `n` products: the sum's error divided by n, and the division.
  static Tolerance mean(int n) {
    return new Tolerance(2, sum(n).absolute / Math.max(1, n));
  }

  /// An exponential of an argument up to `largest` in size, computed with a few roundings: they are
  /// relative errors of the result, and so is the error of normalising by a sum of `n`.
  static Tolerance exponential(double largest, int n) {
    return new Tolerance(8 + 2 * largest + 4 * Math.sqrt(n), 0);
  }

  /// Both errors.
  Tolerance and(Tolerance other) {
    return new Tolerance(relative + other.relative, absolute + other.absolute);
  }

  /// `factor` times the absolute part: the error on the way is amplified.
  Tolerance times(double factor) {
    return new Tolerance(relative, absolute * factor);
  }

  /// The largest allowed distance from `want`.
  double bound(DType type, double want) {
    boolean single = type == DType.F32;
    double unit = single ? 0x1p-24 : 0x1p-53;
    double smallest = single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    return unit * (relative * Math.abs(want) + absolute) + (relative > 0 ? smallest : 0);
  }
}
