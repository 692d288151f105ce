package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Sums, maxima and searches along a row of floats.
///
/// A sum has the same bits at every width: element i goes to running sum `i mod 16` (one vector of
/// 512 bits, two of 256, four of 128), and one fixed tree folds the sixteen. The tail is one masked
/// turn into the same sums. 1 flop and 4 bytes per element; a row of 96 costs about as much in the
/// tree as in the loop.
final class Lanes {
  /// Running sums of a row.
  static final int SUMS = 16;

  private Lanes() {}

  /// The lanes below `left`.
  static VectorMask<Float> first(int left) {
    return FLOATS.indexInRange(0, left);
  }

  /// The next `left` floats from `at` on (at most a vector; none if negative), then zeros.
  static FloatVector load(float[] a, int at, int left) {
    return FloatVector.fromArray(FLOATS, a, at, FLOATS.indexInRange(0, Math.max(0, left)));
  }

  /// `Σ a[i]`.
  static float sum(float[] a, int at, int n) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - SUMS; i += SUMS) {
      s0 = s0.add(Simd.load(a, at + i));
      if (LANES < 16) {
        s1 = s1.add(Simd.load(a, at + i + LANES));
      }
      if (LANES < 8) {
        s2 = s2.add(Simd.load(a, at + i + 2 * LANES));
        s3 = s3.add(Simd.load(a, at + i + 3 * LANES));
      }
    }
    return i == n ? fold(s0, s1, s2, s3) : sumEnd(s0, s1, s2, s3, a, at + i, n - i);
  }

  /// A method of its own: vectors that meet after a branch would be boxed.
  private static float sumEnd(
      FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3, float[] a, int at, int left) {
    if (LANES == 16) {
      return fold(s0.add(load(a, at, left)), s1, s2, s3);
    }
    FloatVector first = s0.add(load(a, at, left));
    FloatVector second = s1.add(load(a, at + LANES, left - LANES));
    if (LANES == 8) {
      return fold(first, second, s2, s3);
    }
    FloatVector third = s2.add(load(a, at + 2 * LANES, left - 2 * LANES));
    return fold(first, second, third, s3.add(load(a, at + 3 * LANES, left - 3 * LANES)));
  }

  /// `Σ a[i] b[i]`.
  static float dot(float[] a, int at, float[] b, int bt, int n) {
    FloatVector s0 = FloatVector.zero(FLOATS);
    FloatVector s1 = FloatVector.zero(FLOATS);
    FloatVector s2 = FloatVector.zero(FLOATS);
    FloatVector s3 = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= n - SUMS; i += SUMS) {
      s0 = Simd.load(a, at + i).fma(Simd.load(b, bt + i), s0);
      if (LANES < 16) {
        s1 = Simd.load(a, at + i + LANES).fma(Simd.load(b, bt + i + LANES), s1);
      }
      if (LANES < 8) {
        s2 = Simd.load(a, at + i + 2 * LANES).fma(Simd.load(b, bt + i + 2 * LANES), s2);
        s3 = Simd.load(a, at + i + 3 * LANES).fma(Simd.load(b, bt + i + 3 * LANES), s3);
      }
    }
    return i == n ? fold(s0, s1, s2, s3) : dotEnd(s0, s1, s2, s3, a, at + i, b, bt + i, n - i);
  }

  private static float dotEnd(
      FloatVector s0,
      FloatVector s1,
      FloatVector s2,
      FloatVector s3,
      float[] a,
      int at,
      float[] b,
      int bt,
      int left) {
    FloatVector first = load(a, at, left).fma(load(b, bt, left), s0);
    if (LANES == 16) {
      return fold(first, s1, s2, s3);
    }
    FloatVector second = product(a, at, b, bt, left, LANES, s1);
    if (LANES == 8) {
      return fold(first, second, s2, s3);
    }
    FloatVector third = product(a, at, b, bt, left, 2 * LANES, s2);
    return fold(first, second, third, product(a, at, b, bt, left, 3 * LANES, s3));
  }

  private static FloatVector product(
      float[] a, int at, float[] b, int bt, int left, int from, FloatVector s) {
    FloatVector v = load(a, at + from, left - from);
    return v.fma(load(b, bt + from, left - from), s);
  }

  /// The fixed tree: halves of 8, 4, 2, 1 are added; unused sums of a wide vector are ignored.
  ///
  /// Methods of at most 35 bytecodes, which C2 inlines however rarely they are called; long rows
  /// call them once in many turns.
  static float fold(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    return LANES == 16 ? fold16(s0) : foldNarrow(s0, s1, s2, s3);
  }

  private static float foldNarrow(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    return LANES == 8 ? fold8(s0.add(s1)) : fold4(s0, s1, s2, s3);
  }

  private static float fold16(FloatVector v) {
    return eighth(v, 0) + eighth(v, 1);
  }

  private static float eighth(FloatVector v, int i) {
    return quarter(v, i) + quarter(v, i + 2);
  }

  private static float quarter(FloatVector v, int i) {
    return half(v, i, 8) + half(v, i + 4, 8);
  }

  private static float half(FloatVector v, int i, int distance) {
    return v.lane(i) + v.lane(i + distance);
  }

  private static float fold8(FloatVector v) {
    return (half(v, 0, 4) + half(v, 2, 4)) + (half(v, 1, 4) + half(v, 3, 4));
  }

  private static float fold4(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    FloatVector v = s0.add(s2).add(s1.add(s3));
    return half(v, 0, 2) + half(v, 1, 2);
  }

  /// The largest element, NaN ignored; -∞ if there is none. Any order gives the same bits.
  static float max(float[] a, int at, int n) {
    FloatVector m = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = Simd.load(a, at + i);
      m = m.blend(v, m.compare(LT, v));
    }
    float most = m.reduceLanes(MAX);
    for (; i < n; i++) {
      most = a[at + i] > most ? a[at + i] : most;
    }
    return most;
  }

  /// The smallest element, NaN ignored; ∞ if there is none. Any order gives the same bits.
  static float min(float[] a, int at, int n) {
    FloatVector m = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(a, at + i, n - i);
      m = m.blend(v, m.compare(GT, v).and(first(n - i)));
    }
    return m.reduceLanes(MIN);
  }

  /// The largest element below `bound`, NaN ignored; -∞ if there is none.
  static float maxBelow(float bound, float[] a, int at, int n) {
    FloatVector m = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(a, at + i, n - i);
      m = m.blend(v, m.compare(LT, v).and(v.compare(LT, bound)).and(first(n - i)));
    }
    return m.reduceLanes(MAX);
  }

  /// The first position in `[from, n)` whose element equals `value`, or -1.
  static int indexOf(float value, float[] a, int at, int from, int n) {
    int i = from;
    for (; i <= n - LANES; i += LANES) {
      long hits = Simd.load(a, at + i).compare(EQ, value).toLong();
      if (hits != 0) {
        return i + Long.numberOfTrailingZeros(hits);
      }
    }
    for (; i < n; i++) {
      if (a[at + i] == value) {
        return i;
      }
    }
    return -1;
  }
}
