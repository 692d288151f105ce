package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;

import jdk.incubator.vector.FloatVector;

/// Eight rows by one vector: the last columns of a product at 512 bits, and heads of few classes.
final class Tile8x1 {
  private Tile8x1() {}

  /// Adds to the tile of `c` at `cAt` (row stride `ld`) the chains over `k` of the packed rows at `aAt`
  /// and the packed columns at `bAt`.
  static void run(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    int p = aAt;
    int q = bAt;
    for (int i = 0; i < k; i++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + 1]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7]);
      c70 = a7.fma(b0, c70);
      p += Tiles.ROWS;
      q += Tiles.COLUMNS;
    }
    int at = cAt;
    FloatVector.fromArray(FLOATS, c, at).add(c00).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c10).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c20).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c30).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c40).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c50).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c60).intoArray(c, at);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c70).intoArray(c, at);
  }
}
