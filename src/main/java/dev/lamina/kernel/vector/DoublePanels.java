package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies of operands of an F64 product into the order in which a tile reads them; floats become
/// doubles on the way.
///
/// A panel is `[k][stride]`, as in `Packing`. Operands whose runs lie along k are transposed four
/// by four in registers, others are copied.
final class DoublePanels {
  /// Rows of a packed panel of the left operand.
  static final int ROWS = Simd.WIDE ? 8 : 4;

  /// Columns of a packed panel of the right operand: two vectors.
  static final int COLUMNS = 2 * DOUBLE_LANES;

  private static final VectorSpecies<Double> FOUR = DoubleVector.SPECIES_256;
  private static final VectorSpecies<Float> FOUR_FLOATS = FloatVector.SPECIES_128;
  private static final VectorShuffle<Double> LOW = VectorShuffle.fromValues(FOUR, 0, 4, 1, 5);
  private static final VectorShuffle<Double> HIGH = VectorShuffle.fromValues(FOUR, 2, 6, 3, 7);
  private static final VectorShuffle<Double> LOW_PAIRS = VectorShuffle.fromValues(FOUR, 0, 1, 4, 5);
  private static final VectorShuffle<Double> HIGH_PAIRS =
      VectorShuffle.fromValues(FOUR, 2, 3, 6, 7);

  private DoublePanels() {}

  /// Transposes four runs of `length` that begin at `a0` … `a3`: element k of run r goes to `to[at
  /// + k * stride + r]`.
  static void transpose(
      double[] from, int a0, int a1, int a2, int a3, int length, double[] to, int at, int stride) {
    int k = 0;
    int q = at;
    for (; k <= length - 4; k += 4, q += 4 * stride) {
      DoubleVector r0 = DoubleVector.fromArray(FOUR, from, a0 + k);
      DoubleVector r1 = DoubleVector.fromArray(FOUR, from, a1 + k);
      DoubleVector r2 = DoubleVector.fromArray(FOUR, from, a2 + k);
      DoubleVector r3 = DoubleVector.fromArray(FOUR, from, a3 + k);
      DoubleVector low01 = r0.rearrange(LOW, r1); // r0[0] r1[0] r0[1] r1[1]
      DoubleVector high01 = r0.rearrange(HIGH, r1);
      DoubleVector low23 = r2.rearrange(LOW, r3);
      DoubleVector high23 = r2.rearrange(HIGH, r3);
      low01.rearrange(LOW_PAIRS, low23).intoArray(to, q);
      low01.rearrange(HIGH_PAIRS, low23).intoArray(to, q + stride);
      high01.rearrange(LOW_PAIRS, high23).intoArray(to, q + 2 * stride);
      high01.rearrange(HIGH_PAIRS, high23).intoArray(to, q + 3 * stride);
    }
    for (; k < length; k++, q += stride) {
      to[q] = from[a0 + k];
      to[q + 1] = from[a1 + k];
      to[q + 2] = from[a2 + k];
      to[q + 3] = from[a3 + k];
    }
  }

  /// The same from floats: they are widened first, four of a run at a time.
  static void transpose(
      float[] from, int a0, int a1, int a2, int a3, int length, double[] to, int at, int stride) {
    int k = 0;
    int q = at;
    for (; k <= length - 4; k += 4, q += 4 * stride) {
      DoubleVector r0 = widened(from, a0 + k);
      DoubleVector r1 = widened(from, a1 + k);
      DoubleVector r2 = widened(from, a2 + k);
      DoubleVector r3 = widened(from, a3 + k);
      DoubleVector low01 = r0.rearrange(LOW, r1);
      DoubleVector high01 = r0.rearrange(HIGH, r1);
      DoubleVector low23 = r2.rearrange(LOW, r3);
      DoubleVector high23 = r2.rearrange(HIGH, r3);
      low01.rearrange(LOW_PAIRS, low23).intoArray(to, q);
      low01.rearrange(HIGH_PAIRS, low23).intoArray(to, q + stride);
      high01.rearrange(LOW_PAIRS, high23).intoArray(to, q + 2 * stride);
      high01.rearrange(HIGH_PAIRS, high23).intoArray(to, q + 3 * stride);
    }
    for (; k < length; k++, q += stride) {
      to[q] = from[a0 + k];
      to[q + 1] = from[a1 + k];
      to[q + 2] = from[a2 + k];
      to[q + 3] = from[a3 + k];
    }
  }

  private static DoubleVector widened(float[] from, int at) {
    return (DoubleVector)
        FloatVector.fromArray(FOUR_FLOATS, from, at).convertShape(VectorOperators.F2D, FOUR, 0);
  }

  /// Copies `width` neighbouring columns of `count` rows, `ld` apart from `at` on, to panels
  /// `[count][stride]` that lie one behind the other. The loops go down the rows, two vectors at
  /// once: rows a multiple of 4 KiB apart leave L1 before the next vector comes.
  static void copy(
      double[] from, int at, int ld, int count, int width, double[] to, int toAt, int stride) {
    int j = 0;
    for (; j <= width - 2 * DOUBLE_LANES; j += 2 * DOUBLE_LANES) {
      int first = toAt + place(j, count, stride);
      int second = toAt + place(j + DOUBLE_LANES, count, stride);
      copyPairs(from, at + j, ld, count, to, first, second, stride);
    }
    for (; j < width; j++) {
      copySingles(from, at + j, ld, count, to, toAt + place(j, count, stride), stride);
    }
  }

  /// The same from floats, four columns at once.
  static void copy(
      float[] from, int at, int ld, int count, int width, double[] to, int toAt, int stride) {
    int j = 0;
    for (; j <= width - 4; j += 4) {
      copyFours(from, at + j, ld, count, to, toAt + place(j, count, stride), stride);
    }
    for (; j < width; j++) {
      copySingles(from, at + j, ld, count, to, toAt + place(j, count, stride), stride);
    }
  }

  /// Where column `j` begins in its panel.
  static int place(int j, int count, int stride) {
    return j / stride * count * stride + j % stride;
  }

  private static void copyPairs(
      double[] from, int at, int ld, int count, double[] to, int first, int second, int stride) {
    int p = at;
    int shift = second - first;
    for (int k = 0, q = first; k < count; k++, p += ld, q += stride) {
      DoubleVector.fromArray(DOUBLES, from, p).intoArray(to, q);
      DoubleVector.fromArray(DOUBLES, from, p + DOUBLE_LANES).intoArray(to, q + shift);
    }
  }

  private static void copyFours(
      float[] from, int at, int ld, int count, double[] to, int toAt, int stride) {
    for (int k = 0, p = at, q = toAt; k < count; k++, p += ld, q += stride) {
      widened(from, p).intoArray(to, q);
    }
  }

  private static void copySingles(
      double[] from, int at, int ld, int count, double[] to, int toAt, int stride) {
    for (int k = 0, p = at, q = toAt; k < count; k++, p += ld, q += stride) {
      to[q] = from[p];
    }
  }

  private static void copySingles(
      float[] from, int at, int ld, int count, double[] to, int toAt, int stride) {
    for (int k = 0, p = at, q = toAt; k < count; k++, p += ld, q += stride) {
      to[q] = from[p];
    }
  }
}
