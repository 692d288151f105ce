package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;

import jdk.incubator.vector.FloatVector;

/// Four rows by two vectors: 8 chains and 6 operands in 16 registers, the tile of 128 and 256 bits,
/// and the last rows at 512.
///
/// Each method sums the chains over `k` of its rows and of the packed columns at `bAt`, and puts
/// them into the tile of `c` at `cAt` (row stride `ld`) or adds them to it. Rows are packed
/// `[k][ROWS]`, or lie `step` apart.
final class Tile4x2 {
  private Tile4x2() {}

  static void put(int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld) {
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
