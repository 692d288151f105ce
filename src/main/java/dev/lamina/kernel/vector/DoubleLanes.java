package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;
import static dev.lamina.kernel.vector.Simd.load;

import jdk.incubator.vector.DoubleVector;

/// Sums along a row of doubles, with the same bits at every width: element i goes to running sum `i
/// mod 8` (one vector of 512 bits, two of 256, four of 128), and one fixed tree folds the eight;
/// see `Lanes`.
///
/// A method for each width: running sums that are handed to a method that C2 does not inline would
/// be objects.
final class DoubleLanes {
  /// Running sums of a row.
  static final int SUMS = 8;

  private DoubleLanes() {}

  /// `Σ a[i]`.
  static double sum(double[] a, int at, int n) {
    double[] sums = Workspace.current().doubles.end;
    int whole = n & -SUMS;
    switch (DOUBLE_LANES) {
      case 8 -> sumsOfEight(sums, a, at, whole);
      case 4 -> sumsOfFour(sums, a, at, whole);
      default -> sumsOfTwo(sums, a, at, whole);
    }
    for (int j = 0; whole + j < n; j++) {
      sums[j] += a[at + whole + j];
    }
    return fold(sums);
  }

  /// `Σ a[i] b[i]`.
  static double dot(double[] a, int at, double[] b, int bt, int n) {
    double[] sums = Workspace.current().doubles.end;
    int whole = n & -SUMS;
    switch (DOUBLE_LANES) {
      case 8 -> productsOfEight(sums, a, at, b, bt, whole);
      case 4 -> productsOfFour(sums, a, at, b, bt, whole);
      default -> productsOfTwo(sums, a, at, b, bt, whole);
    }
    for (int j = 0; whole + j < n; j++) {
      sums[j] = Math.fma(a[at + whole + j], b[bt + whole + j], sums[j]);
    }
    return fold(sums);
  }

  /// The fixed tree: halves of 4, 2, 1 are added.
  private static double fold(double[] s) {
    double a = (s[0] + s[4]) + (s[2] + s[6]);
    double b = (s[1] + s[5]) + (s[3] + s[7]);
    return a + b;
  }

  private static void sumsOfEight(double[] sums, double[] a, int at, int n) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += SUMS) {
      s = s.add(load(a, at + i));
    }
    s.intoArray(sums, 0);
  }

  private static void sumsOfFour(double[] sums, double[] a, int at, int n) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    DoubleVector t = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += SUMS) {
      s = s.add(load(a, at + i));
      t = t.add(load(a, at + i + 4));
    }
    s.intoArray(sums, 0);
    t.intoArray(sums, 4);
  }

  private static void sumsOfTwo(double[] sums, double[] a, int at, int n) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    DoubleVector t = DoubleVector.zero(DOUBLES);
    DoubleVector u = DoubleVector.zero(DOUBLES);
    DoubleVector v = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += SUMS) {
      s = s.add(load(a, at + i));
      t = t.add(load(a, at + i + 2));
      u = u.add(load(a, at + i + 4));
      v = v.add(load(a, at + i + 6));
    }
    s.intoArray(sums, 0);
    t.intoArray(sums, 2);
    u.intoArray(sums, 4);
    v.intoArray(sums, 6);
  }

  private static void productsOfEight(
      double[] sums, double[] a, int at, double[] b, int bt, int n) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += SUMS) {
      s = load(a, at + i).fma(load(b, bt + i), s);
    }
    s.intoArray(sums, 0);
  }

  private static void productsOfFour(double[] sums, double[] a, int at, double[] b, int bt, int n) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    DoubleVector t = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += SUMS) {
      s = load(a, at + i).fma(load(b, bt + i), s);
      t = load(a, at + i + 4).fma(load(b, bt + i + 4), t);
    }
    s.intoArray(sums, 0);
    t.intoArray(sums, 4);
  }

  private static void productsOfTwo(double[] sums, double[] a, int at, double[] b, int bt, int n) {
    DoubleVector s = DoubleVector.zero(DOUBLES);
    DoubleVector t = DoubleVector.zero(DOUBLES);
    DoubleVector u = DoubleVector.zero(DOUBLES);
    DoubleVector v = DoubleVector.zero(DOUBLES);
    for (int i = 0; i < n; i += SUMS) {
      s = load(a, at + i).fma(load(b, bt + i), s);
      t = load(a, at + i + 2).fma(load(b, bt + i + 2), t);
      u = load(a, at + i + 4).fma(load(b, bt + i + 4), u);
      v = load(a, at + i + 6).fma(load(b, bt + i + 6), v);
    }
    s.intoArray(sums, 0);
    t.intoArray(sums, 2);
    u.intoArray(sums, 4);
    v.intoArray(sums, 6);
  }
}
