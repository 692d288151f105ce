package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;

import jdk.incubator.vector.FloatVector;

/// Eight rows by one vector: the last columns of a product at 512 bits, and heads of few classes.
///
/// Each method sums the chains over `k` of its rows and of the packed columns at `bAt`, and puts
/// them into the tile of `c` at `cAt` (row stride `ld`) or adds them to it. Rows are packed
/// `[k][ROWS]`, or lie `step` apart.
final class Tile8x1 {
  private Tile8x1() {}

  static void put(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
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
    c00.intoArray(c, at);
    at += ld;
    c10.intoArray(c, at);
    at += ld;
    c20.intoArray(c, at);
    at += ld;
    c30.intoArray(c, at);
    at += ld;
    c40.intoArray(c, at);
    at += ld;
    c50.intoArray(c, at);
    at += ld;
    c60.intoArray(c, at);
    at += ld;
    c70.intoArray(c, at);
  }

  static void add(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
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

  static void putInPlace(
      int k, float[] a, int aAt, int step, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    int q = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + step]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2 * step]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3 * step]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4 * step]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5 * step]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6 * step]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7 * step]);
      c70 = a7.fma(b0, c70);
      q += Tiles.COLUMNS;
    }
    int at = cAt;
    c00.intoArray(c, at);
    at += ld;
    c10.intoArray(c, at);
    at += ld;
    c20.intoArray(c, at);
    at += ld;
    c30.intoArray(c, at);
    at += ld;
    c40.intoArray(c, at);
    at += ld;
    c50.intoArray(c, at);
    at += ld;
    c60.intoArray(c, at);
    at += ld;
    c70.intoArray(c, at);
  }

  static void addInPlace(
      int k, float[] a, int aAt, int step, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    int q = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + step]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2 * step]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3 * step]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4 * step]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5 * step]);
      c50 = a5.fma(b0, c50);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6 * step]);
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7 * step]);
      c70 = a7.fma(b0, c70);
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
