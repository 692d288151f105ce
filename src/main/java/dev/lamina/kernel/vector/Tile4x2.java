package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Four rows by two vectors: 8 chains and 6 operands in 16 registers, the tile of 128 and 256 bits,
/// and the last rows at 512.
final class Tile4x2 {
  private Tile4x2() {}

  /// Adds to the tile of `c` at `cAt` (row stride `ld`) the chains over `k` of the packed rows at `aAt`
  /// and the packed columns at `bAt`.
  static void run(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    int p = aAt;
    int q = bAt;
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, q + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      p += Tiles.ROWS;
      q += Tiles.COLUMNS;
    }
    int at = cAt;
    FloatVector.fromArray(FLOATS, c, at).add(c00).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c01).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c10).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c11).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c20).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c21).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c30).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c31).intoArray(c, at + LANES);
  }
}
