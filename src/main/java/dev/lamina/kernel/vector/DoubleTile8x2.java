package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;

import jdk.incubator.vector.DoubleVector;

/// Eight rows by two vectors of doubles: `Tile8x2` with half the lanes, the tile of 512 bits.
///
/// As there only methods of the Vector API are called, and each method sums the chains over `k` of
/// its rows, packed `[k][ROWS]` or `step` apart, and of the packed columns at `bAt`, and puts them
/// into the tile of `c` at `cAt` (row stride `ld`) or adds them to it.
final class DoubleTile8x2 {
  private DoubleTile8x2() {}

  static void put(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int ld) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    DoubleVector c40 = DoubleVector.zero(DOUBLES);
    DoubleVector c41 = DoubleVector.zero(DOUBLES);
    DoubleVector c50 = DoubleVector.zero(DOUBLES);
    DoubleVector c51 = DoubleVector.zero(DOUBLES);
    DoubleVector c60 = DoubleVector.zero(DOUBLES);
    DoubleVector c61 = DoubleVector.zero(DOUBLES);
    DoubleVector c70 = DoubleVector.zero(DOUBLES);
    DoubleVector c71 = DoubleVector.zero(DOUBLES);
    int p = aAt;
    int q = bAt;
    for (int i = 0; i < k; i++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, q);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, q + DOUBLE_LANES);
      DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(DOUBLES, a[p + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(DOUBLES, a[p + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(DOUBLES, a[p + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(DOUBLES, a[p + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      p += DoublePanels.ROWS;
      q += DoublePanels.COLUMNS;
    }
    int at = cAt;
    c00.intoArray(c, at);
    c01.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c10.intoArray(c, at);
    c11.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c20.intoArray(c, at);
    c21.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c30.intoArray(c, at);
    c31.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c40.intoArray(c, at);
    c41.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c50.intoArray(c, at);
    c51.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c60.intoArray(c, at);
    c61.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c70.intoArray(c, at);
    c71.intoArray(c, at + DOUBLE_LANES);
  }

  static void add(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int ld) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    DoubleVector c40 = DoubleVector.zero(DOUBLES);
    DoubleVector c41 = DoubleVector.zero(DOUBLES);
    DoubleVector c50 = DoubleVector.zero(DOUBLES);
    DoubleVector c51 = DoubleVector.zero(DOUBLES);
    DoubleVector c60 = DoubleVector.zero(DOUBLES);
    DoubleVector c61 = DoubleVector.zero(DOUBLES);
    DoubleVector c70 = DoubleVector.zero(DOUBLES);
    DoubleVector c71 = DoubleVector.zero(DOUBLES);
    int p = aAt;
    int q = bAt;
    for (int i = 0; i < k; i++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, q);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, q + DOUBLE_LANES);
      DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[p + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[p + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[p + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(DOUBLES, a[p + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(DOUBLES, a[p + 5]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(DOUBLES, a[p + 6]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(DOUBLES, a[p + 7]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      p += DoublePanels.ROWS;
      q += DoublePanels.COLUMNS;
    }
    int at = cAt;
    DoubleVector.fromArray(DOUBLES, c, at).add(c00).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c01).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c10).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c11).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c20).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c21).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c30).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c31).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c40).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c41).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c50).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c51).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c60).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c61).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c70).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c71).intoArray(c, at + DOUBLE_LANES);
  }

  static void putInPlace(
      int k, double[] a, int aAt, int step, double[] b, int bAt, double[] c, int cAt, int ld) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    DoubleVector c40 = DoubleVector.zero(DOUBLES);
    DoubleVector c41 = DoubleVector.zero(DOUBLES);
    DoubleVector c50 = DoubleVector.zero(DOUBLES);
    DoubleVector c51 = DoubleVector.zero(DOUBLES);
    DoubleVector c60 = DoubleVector.zero(DOUBLES);
    DoubleVector c61 = DoubleVector.zero(DOUBLES);
    DoubleVector c70 = DoubleVector.zero(DOUBLES);
    DoubleVector c71 = DoubleVector.zero(DOUBLES);
    int q = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, q);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, q + DOUBLE_LANES);
      DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[p + step]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[p + 2 * step]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[p + 3 * step]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(DOUBLES, a[p + 4 * step]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(DOUBLES, a[p + 5 * step]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(DOUBLES, a[p + 6 * step]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(DOUBLES, a[p + 7 * step]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      q += DoublePanels.COLUMNS;
    }
    int at = cAt;
    c00.intoArray(c, at);
    c01.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c10.intoArray(c, at);
    c11.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c20.intoArray(c, at);
    c21.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c30.intoArray(c, at);
    c31.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c40.intoArray(c, at);
    c41.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c50.intoArray(c, at);
    c51.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c60.intoArray(c, at);
    c61.intoArray(c, at + DOUBLE_LANES);
    at += ld;
    c70.intoArray(c, at);
    c71.intoArray(c, at + DOUBLE_LANES);
  }

  static void addInPlace(
      int k, double[] a, int aAt, int step, double[] b, int bAt, double[] c, int cAt, int ld) {
    DoubleVector c00 = DoubleVector.zero(DOUBLES);
    DoubleVector c01 = DoubleVector.zero(DOUBLES);
    DoubleVector c10 = DoubleVector.zero(DOUBLES);
    DoubleVector c11 = DoubleVector.zero(DOUBLES);
    DoubleVector c20 = DoubleVector.zero(DOUBLES);
    DoubleVector c21 = DoubleVector.zero(DOUBLES);
    DoubleVector c30 = DoubleVector.zero(DOUBLES);
    DoubleVector c31 = DoubleVector.zero(DOUBLES);
    DoubleVector c40 = DoubleVector.zero(DOUBLES);
    DoubleVector c41 = DoubleVector.zero(DOUBLES);
    DoubleVector c50 = DoubleVector.zero(DOUBLES);
    DoubleVector c51 = DoubleVector.zero(DOUBLES);
    DoubleVector c60 = DoubleVector.zero(DOUBLES);
    DoubleVector c61 = DoubleVector.zero(DOUBLES);
    DoubleVector c70 = DoubleVector.zero(DOUBLES);
    DoubleVector c71 = DoubleVector.zero(DOUBLES);
    int q = bAt;
    for (int p = aAt; p < aAt + k; p++) {
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, b, q);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, b, q + DOUBLE_LANES);
      DoubleVector a0 = DoubleVector.broadcast(DOUBLES, a[p]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(DOUBLES, a[p + step]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(DOUBLES, a[p + 2 * step]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(DOUBLES, a[p + 3 * step]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(DOUBLES, a[p + 4 * step]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(DOUBLES, a[p + 5 * step]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(DOUBLES, a[p + 6 * step]);
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(DOUBLES, a[p + 7 * step]);
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
      q += DoublePanels.COLUMNS;
    }
    int at = cAt;
    DoubleVector.fromArray(DOUBLES, c, at).add(c00).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c01).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c10).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c11).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c20).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c21).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c30).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c31).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c40).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c41).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c50).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c51).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c60).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c61).intoArray(c, at + DOUBLE_LANES);
    at += ld;
    DoubleVector.fromArray(DOUBLES, c, at).add(c70).intoArray(c, at);
    DoubleVector.fromArray(DOUBLES, c, at + DOUBLE_LANES).add(c71).intoArray(c, at + DOUBLE_LANES);
  }
}
