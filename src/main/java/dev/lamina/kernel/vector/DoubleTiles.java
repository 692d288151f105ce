package dev.lamina.kernel.vector;

/// The pick of a register tile of doubles at this vector width; see `Tiles`.
final class DoubleTiles {
  private DoubleTiles() {}

  /// A tile whose rows are packed.
  static void packed(
      int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int ld, boolean add) {
    if (Simd.WIDE && add) {
      DoubleTile8x2.add(k, a, aAt, b, bAt, c, cAt, ld);
    } else if (Simd.WIDE) {
      DoubleTile8x2.put(k, a, aAt, b, bAt, c, cAt, ld);
    } else if (add) {
      DoubleTile4x2.add(k, a, aAt, b, bAt, c, cAt, ld);
    } else {
      DoubleTile4x2.put(k, a, aAt, b, bAt, c, cAt, ld);
    }
  }

  /// A tile whose rows are read where they lie, `step` apart.
  static void inPlace(
      int k,
      double[] a,
      int at,
      int step,
      double[] b,
      int bAt,
      double[] c,
      int cAt,
      int ld,
      boolean add) {
    if (Simd.WIDE && add) {
      DoubleTile8x2.addInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    } else if (Simd.WIDE) {
      DoubleTile8x2.putInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    } else if (add) {
      DoubleTile4x2.addInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    } else {
      DoubleTile4x2.putInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    }
  }
}
