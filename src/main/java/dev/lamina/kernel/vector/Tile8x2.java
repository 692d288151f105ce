package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Eight rows by two vectors: 16 chains in 32 registers, the tile of 512 bits (of the tiles of
/// `docs/kernels.md` the one that C2 never spills).
///
/// Only methods of the Vector API are called: C2 inlines them without counting, a helper of our own
/// not, and where one is left out every chain lives in the heap (a fifth of the speed).
///
/// Each method sums the chains over `k` of its rows and of the packed columns at `bAt`, and puts
/// them into the tile of `c` at `cAt` (row stride `ld`) or adds them to it. Rows are packed
/// `[k][ROWS]`, or lie `step` apart.
final class Tile8x2 {
  private Tile8x2() {}

  static void put(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c41 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c51 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c61 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    FloatVector c71 = FloatVector.zero(FLOATS);
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
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      p += Tiles.ROWS;
      q += Tiles.COLUMNS;
    }
    int at = cAt;
    c00.intoArray(c, at);
    c01.intoArray(c, at + LANES);
    at += ld;
    c10.intoArray(c, at);
    c11.intoArray(c, at + LANES);
    at += ld;
    c20.intoArray(c, at);
    c21.intoArray(c, at + LANES);
    at += ld;
    c30.intoArray(c, at);
    c31.intoArray(c, at + LANES);
    at += ld;
    c40.intoArray(c, at);
    c41.intoArray(c, at + LANES);
    at += ld;
    c50.intoArray(c, at);
    c51.intoArray(c, at + LANES);
    at += ld;
    c60.intoArray(c, at);
    c61.intoArray(c, at + LANES);
    at += ld;
    c70.intoArray(c, at);
    c71.intoArray(c, at + LANES);
  }

  static void add(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c41 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c51 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c61 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    FloatVector c71 = FloatVector.zero(FLOATS);
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
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
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
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c41).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c51).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c60).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c61).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c70).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c71).intoArray(c, at + LANES);
  }

  static void putInPlace(
      int k, float[] a, int aAt, int step, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c41 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c51 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c61 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    FloatVector c71 = FloatVector.zero(FLOATS);
    int q = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, q + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + step]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2 * step]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3 * step]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4 * step]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5 * step]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6 * step]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7 * step]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      q += Tiles.COLUMNS;
    }
    int at = cAt;
    c00.intoArray(c, at);
    c01.intoArray(c, at + LANES);
    at += ld;
    c10.intoArray(c, at);
    c11.intoArray(c, at + LANES);
    at += ld;
    c20.intoArray(c, at);
    c21.intoArray(c, at + LANES);
    at += ld;
    c30.intoArray(c, at);
    c31.intoArray(c, at + LANES);
    at += ld;
    c40.intoArray(c, at);
    c41.intoArray(c, at + LANES);
    at += ld;
    c50.intoArray(c, at);
    c51.intoArray(c, at + LANES);
    at += ld;
    c60.intoArray(c, at);
    c61.intoArray(c, at + LANES);
    at += ld;
    c70.intoArray(c, at);
    c71.intoArray(c, at + LANES);
  }

  static void addInPlace(
      int k, float[] a, int aAt, int step, float[] b, int bAt, float[] c, int cAt, int ld) {
    FloatVector c00 = FloatVector.zero(FLOATS);
    FloatVector c01 = FloatVector.zero(FLOATS);
    FloatVector c10 = FloatVector.zero(FLOATS);
    FloatVector c11 = FloatVector.zero(FLOATS);
    FloatVector c20 = FloatVector.zero(FLOATS);
    FloatVector c21 = FloatVector.zero(FLOATS);
    FloatVector c30 = FloatVector.zero(FLOATS);
    FloatVector c31 = FloatVector.zero(FLOATS);
    FloatVector c40 = FloatVector.zero(FLOATS);
    FloatVector c41 = FloatVector.zero(FLOATS);
    FloatVector c50 = FloatVector.zero(FLOATS);
    FloatVector c51 = FloatVector.zero(FLOATS);
    FloatVector c60 = FloatVector.zero(FLOATS);
    FloatVector c61 = FloatVector.zero(FLOATS);
    FloatVector c70 = FloatVector.zero(FLOATS);
    FloatVector c71 = FloatVector.zero(FLOATS);
    int q = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
      FloatVector b1 = FloatVector.fromArray(FLOATS, b, q + LANES);
      FloatVector a0 = FloatVector.broadcast(FLOATS, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(FLOATS, a[p + step]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(FLOATS, a[p + 2 * step]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(FLOATS, a[p + 3 * step]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(FLOATS, a[p + 4 * step]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(FLOATS, a[p + 5 * step]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      FloatVector a6 = FloatVector.broadcast(FLOATS, a[p + 6 * step]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(FLOATS, a[p + 7 * step]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
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
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c40).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c41).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c50).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c51).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c60).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c61).intoArray(c, at + LANES);
    at += ld;
    FloatVector.fromArray(FLOATS, c, at).add(c70).intoArray(c, at);
    FloatVector.fromArray(FLOATS, c, at + LANES).add(c71).intoArray(c, at + LANES);
  }
}
