package dev.lamina.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies of operands into the order in which a tile reads them.
///
/// A panel is `[k][stride]`: the values that one step of the tile needs lie side by side. Operands
/// whose runs lie along k are transposed four by four in registers; operands whose runs lie along
/// the panel are copied.
final class Packing {
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;
  private static final VectorShuffle<Float> LOW = VectorShuffle.fromValues(FOUR, 0, 4, 1, 5);
  private static final VectorShuffle<Float> HIGH = VectorShuffle.fromValues(FOUR, 2, 6, 3, 7);
  private static final VectorShuffle<Float> LOW_PAIRS = VectorShuffle.fromValues(FOUR, 0, 1, 4, 5);
  private static final VectorShuffle<Float> HIGH_PAIRS = VectorShuffle.fromValues(FOUR, 2, 3, 6, 7);

  private Packing() {}

  /// Transposes four runs of `length` that begin at `a0` … `a3`: element k of run r goes to `to[at
  /// + k * stride + r]`.
  static void transpose(
      float[] from, int a0, int a1, int a2, int a3, int length, float[] to, int at, int stride) {
    int k = 0;
    int q = at;
    for (; k <= length - 4; k += 4, q += 4 * stride) {
      FloatVector r0 = FloatVector.fromArray(FOUR, from, a0 + k);
      FloatVector r1 = FloatVector.fromArray(FOUR, from, a1 + k);
      FloatVector r2 = FloatVector.fromArray(FOUR, from, a2 + k);
      FloatVector r3 = FloatVector.fromArray(FOUR, from, a3 + k);
      FloatVector low01 = r0.rearrange(LOW, r1); // r0[0] r1[0] r0[1] r1[1]
      FloatVector high01 = r0.rearrange(HIGH, r1);
      FloatVector low23 = r2.rearrange(LOW, r3);
      FloatVector high23 = r2.rearrange(HIGH, r3);
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

  /// Copies the run of `width` values at `offset` beyond each of `count` places from `first` on to
  /// rows that lie `stride` apart. The last vector of a run overlaps the one before, so few values
  /// are copied singly.
  static void gather(
      float[] from,
      int[] places,
      int first,
      int offset,
      int count,
      int width,
      float[] to,
      int at,
      int stride) {
    if (width >= Simd.LANES) {
      int last = width - Simd.LANES;
      for (int j = 0; j < last; j += Simd.LANES) {
        gatherVectors(from, places, first, offset + j, count, to, at + j, stride);
      }
      gatherVectors(from, places, first, offset + last, count, to, at + last, stride);
    } else if (width >= 8) {
      gatherEights(from, places, first, offset, count, to, at, stride);
      if (width > 8) {
        gatherEights(from, places, first, offset + width - 8, count, to, at + width - 8, stride);
      }
    } else if (width >= 4) {
      gatherFours(from, places, first, offset, count, to, at, stride);
      if (width > 4) {
        gatherFours(from, places, first, offset + width - 4, count, to, at + width - 4, stride);
      }
    } else {
      for (int j = 0; j < width; j++) {
        gatherSingles(from, places, first, offset + j, count, to, at + j, stride);
      }
    }
  }

  private static void gatherVectors(
      float[] from,
      int[] places,
      int first,
      int offset,
      int count,
      float[] to,
      int at,
      int stride) {
    for (int k = 0, q = at; k < count; k++, q += stride) {
      FloatVector.fromArray(Simd.FLOATS, from, places[first + k] + offset).intoArray(to, q);
    }
  }

  private static void gatherEights(
      float[] from,
      int[] places,
      int first,
      int offset,
      int count,
      float[] to,
      int at,
      int stride) {
    for (int k = 0, q = at; k < count; k++, q += stride) {
      FloatVector.fromArray(EIGHT, from, places[first + k] + offset).intoArray(to, q);
    }
  }

  private static void gatherFours(
      float[] from,
      int[] places,
      int first,
      int offset,
      int count,
      float[] to,
      int at,
      int stride) {
    for (int k = 0, q = at; k < count; k++, q += stride) {
      FloatVector.fromArray(FOUR, from, places[first + k] + offset).intoArray(to, q);
    }
  }

  private static void gatherSingles(
      float[] from,
      int[] places,
      int first,
      int offset,
      int count,
      float[] to,
      int at,
      int stride) {
    for (int k = 0, q = at; k < count; k++, q += stride) {
      to[q] = from[places[first + k] + offset];
    }
  }
}
