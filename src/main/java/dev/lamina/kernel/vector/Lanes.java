package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Sums, maxima and searches along a row of floats.
///
/// A sum has the same bits at every width: element i goes to running sum `i mod 16` (one vector of
/// 512 bits, two of 256, four of 128), and one fixed tree folds the sixteen. The tail is added to
/// the same sums. 1 flop and 4 bytes per element; a row of 96 costs about as much in the tree as in
/// the loop. The running sums are stored where they are made: handed to a method, those that a
/// width does not use were objects of the heap in one virtual machine of five.
final class Lanes {
  /// Running sums of a row.
  static final int SUMS = 16;

  private Lanes() {}

  /// A vector in memory: the `left` floats from `at` on, fewer than a vector, then zeros. Not by a
  /// mask: a masked access makes objects where it reaches beyond the end of its array.
  static float[] end(float[] a, int at, int left) {
    float[] end = Workspace.current().end();
    System.arraycopy(a, at, end, 0, left);
    Arrays.fill(end, left, LANES, 0f);
    return end;
  }

  /// The vector of `end`.
  static FloatVector load(float[] a, int at, int left) {
    return Simd.load(end(a, at, left), 0);
  }

  /// Writes the first `left` lanes, fewer than a vector.
  static void store(FloatVector v, float[] a, int at, int left) {
    float[] end = Workspace.current().end();
    v.intoArray(end, 0);
    System.arraycopy(end, 0, a, at, left);
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
    float[] sums = Workspace.current().end();
    s0.intoArray(sums, 0);
    if (LANES < 16) {
      s1.intoArray(sums, LANES);
    }
    if (LANES < 8) {
      s2.intoArray(sums, 2 * LANES);
      s3.intoArray(sums, 3 * LANES);
    }
    for (int j = 0; i + j < n; j++) {
      sums[j] += a[at + i + j];
    }
    return fold(sums);
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
    float[] sums = Workspace.current().end();
    s0.intoArray(sums, 0);
    if (LANES < 16) {
      s1.intoArray(sums, LANES);
    }
    if (LANES < 8) {
      s2.intoArray(sums, 2 * LANES);
      s3.intoArray(sums, 3 * LANES);
    }
    for (int j = 0; i + j < n; j++) {
      sums[j] = Math.fma(a[at + i + j], b[bt + i + j], sums[j]);
    }
    return fold(sums);
  }

  /// The fixed tree over the sixteen sums: halves of 8, 4, 2, 1 are added. From memory: where C2
  /// does not inline it, vectors as arguments would be objects.
  private static float fold(float[] s) {
    float a = (s[0] + s[8]) + (s[4] + s[12]);
    float b = (s[1] + s[9]) + (s[5] + s[13]);
    float c = (s[2] + s[10]) + (s[6] + s[14]);
    float d = (s[3] + s[11]) + (s[7] + s[15]);
    return (a + c) + (b + d);
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
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = Simd.load(a, at + i);
      m = m.blend(v, m.compare(GT, v));
    }
    float least = m.reduceLanes(MIN);
    for (; i < n; i++) {
      least = a[at + i] < least ? a[at + i] : least;
    }
    return least;
  }

  /// The largest element below `bound`, NaN ignored; -∞ if there is none.
  static float maxBelow(float bound, float[] a, int at, int n) {
    FloatVector m = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = Simd.load(a, at + i);
      m = m.blend(v, m.compare(LT, v).and(v.compare(LT, bound)));
    }
    float most = m.reduceLanes(MAX);
    for (; i < n; i++) {
      float v = a[at + i];
      most = v > most && v < bound ? v : most;
    }
    return most;
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
