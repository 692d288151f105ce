package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Sums of powers of magnitudes along a row, in the sixteen running sums of `Lanes`.
final class VectorSums {
  private VectorSums() {}

  /// `Σ |a[i]|^order`.
  static float powers(float[] a, int at, int n, float order) {
    if (order == 2) {
      return Lanes.dot(a, at, a, at, n);
    }
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    for (int i = 0; i < n; i += Lanes.SUMS) {
      s0 = s0.add(power(Lanes.load(a, at + i, n - i), order));
      if (LANES < 16) {
        s1 = s1.add(power(Lanes.load(a, at + i + LANES, n - i - LANES), order));
      }
      if (LANES < 8) {
        s2 = s2.add(power(Lanes.load(a, at + i + 2 * LANES, n - i - 2 * LANES), order));
        s3 = s3.add(power(Lanes.load(a, at + i + 3 * LANES, n - i - 3 * LANES), order));
      }
    }
    return Lanes.fold(s0, s1, s2, s3);
  }

  private static FloatVector power(FloatVector x, float order) {
    FloatVector m = x.abs();
    if (order == 1) {
      return m;
    }
    return order == 3 ? m.mul(m).mul(m) : VectorLogarithms.power(m, order);
  }
}
