package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;

import jdk.incubator.vector.DoubleVector;

/// Sums along a row of doubles, with the same bits at every width: element i goes to running sum `i
/// mod 8` (one vector of 512 bits, two of 256, four of 128), and one fixed tree folds the eight;
/// see `Lanes`.
final class DoubleLanes {
  /// Running sums of a row.
  static final int SUMS = 8;

  private DoubleLanes() {}

  /// `Σ a[i]`.
  static double sum(double[] a, int at, int n) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = DoubleVector.zero(DOUBLES);
    DoubleVector s2 = DoubleVector.zero(DOUBLES);
    DoubleVector s3 = DoubleVector.zero(DOUBLES);
    int i = 0;
    for (; i <= n - SUMS; i += SUMS) {
      s0 = s0.add(Simd.load(a, at + i));
      if (DOUBLE_LANES < 8) {
        s1 = s1.add(Simd.load(a, at + i + DOUBLE_LANES));
      }
      if (DOUBLE_LANES < 4) {
        s2 = s2.add(Simd.load(a, at + i + 2 * DOUBLE_LANES));
        s3 = s3.add(Simd.load(a, at + i + 3 * DOUBLE_LANES));
      }
    }
    double[] sums = Workspace.current().doubles.end;
    keep(sums, s0, s1, s2, s3);
    for (int j = 0; i + j < n; j++) {
      sums[j] += a[at + i + j];
    }
    return fold(sums);
  }

  /// `Σ a[i] b[i]`.
  static double dot(double[] a, int at, double[] b, int bt, int n) {
    DoubleVector s0 = DoubleVector.zero(DOUBLES);
    DoubleVector s1 = DoubleVector.zero(DOUBLES);
    DoubleVector s2 = DoubleVector.zero(DOUBLES);
    DoubleVector s3 = DoubleVector.zero(DOUBLES);
    int i = 0;
    for (; i <= n - SUMS; i += SUMS) {
      s0 = Simd.load(a, at + i).fma(Simd.load(b, bt + i), s0);
      if (DOUBLE_LANES < 8) {
        int j = i + DOUBLE_LANES;
        s1 = Simd.load(a, at + j).fma(Simd.load(b, bt + j), s1);
      }
      if (DOUBLE_LANES < 4) {
        int j = i + 2 * DOUBLE_LANES;
        s2 = Simd.load(a, at + j).fma(Simd.load(b, bt + j), s2);
        j += DOUBLE_LANES;
        s3 = Simd.load(a, at + j).fma(Simd.load(b, bt + j), s3);
      }
    }
    double[] sums = Workspace.current().doubles.end;
    keep(sums, s0, s1, s2, s3);
    for (int j = 0; i + j < n; j++) {
      sums[j] = Math.fma(a[at + i + j], b[bt + i + j], sums[j]);
    }
    return fold(sums);
  }

  // Small, as in `Lanes`: C2 inlines them however rarely they are called.

  private static void keep(
      double[] sums, DoubleVector s0, DoubleVector s1, DoubleVector s2, DoubleVector s3) {
    s0.intoArray(sums, 0);
    keepNarrow(sums, s1, s2, s3);
  }

  private static void keepNarrow(double[] sums, DoubleVector s1, DoubleVector s2, DoubleVector s3) {
    if (DOUBLE_LANES < 8) {
      s1.intoArray(sums, DOUBLE_LANES);
    }
    if (DOUBLE_LANES < 4) {
      keepLast(sums, s2, s3);
    }
  }

  private static void keepLast(double[] sums, DoubleVector s2, DoubleVector s3) {
    s2.intoArray(sums, 2 * DOUBLE_LANES);
    s3.intoArray(sums, 3 * DOUBLE_LANES);
  }

  /// The fixed tree: halves of 4, 2, 1 are added.
  private static double fold(double[] s) {
    double a = (s[0] + s[4]) + (s[2] + s[6]);
    double b = (s[1] + s[5]) + (s[3] + s[7]);
    return a + b;
  }
}
