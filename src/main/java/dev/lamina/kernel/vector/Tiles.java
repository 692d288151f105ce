package dev.lamina.kernel.vector;

/// Register tiles: the size of the tile at this vector width, and the pick of one that fits.
///
/// Packed rows lie as `[k][ROWS]`, packed columns as `[k][COLUMNS]`. A tile that sticks out of the
/// result works in scratch memory, so the packed operands may hold anything beyond their valid rows
/// and columns. Which tile computes an element does not touch its bits: each is one chain of `fma`
/// over `k`, put into the element or added to it.
final class Tiles {
  /// Rows of a packed panel of the left operand.
  static final int ROWS = Simd.WIDE ? 8 : 4;

  /// Columns of a packed panel of the right operand: two vectors.
  static final int COLUMNS = 2 * Simd.LANES;

  private Tiles() {}

  /// A tile of all rows and columns.
  static void whole(
      int k, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int ld, boolean add) {
    if (Simd.WIDE && add) {
      Tile8x2.add(k, a, aAt, b, bAt, c, cAt, ld);
    } else if (Simd.WIDE) {
      Tile8x2.put(k, a, aAt, b, bAt, c, cAt, ld);
    } else if (add) {
      Tile4x2.add(k, a, aAt, b, bAt, c, cAt, ld);
    } else {
      Tile4x2.put(k, a, aAt, b, bAt, c, cAt, ld);
    }
  }

  /// A tile of all rows and columns whose rows are read where they lie, `step` apart.
  static void wholeInPlace(
      int k,
      float[] a,
      int at,
      int step,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int ld,
      boolean add) {
    if (Simd.WIDE && add) {
      Tile8x2.addInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    } else if (Simd.WIDE) {
      Tile8x2.putInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    } else if (add) {
      Tile4x2.addInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    } else {
      Tile4x2.putInPlace(k, a, at, step, b, bAt, c, cAt, ld);
    }
  }

  /// The smallest tile that covers the valid rows and columns, put into scratch memory
  /// `[ROWS][COLUMNS]`.
  static void part(
      int k, float[] a, int aAt, float[] b, int bAt, float[] scratch, int rows, int columns) {
    boolean narrow = columns <= Simd.LANES;
    if (Simd.WIDE && rows > 4) {
      if (narrow) {
        Tile8x1.put(k, a, aAt, b, bAt, scratch, 0, COLUMNS);
      } else {
        Tile8x2.put(k, a, aAt, b, bAt, scratch, 0, COLUMNS);
      }
    } else if (narrow) {
      Tile4x1.put(k, a, aAt, b, bAt, scratch, 0, COLUMNS);
    } else {
      Tile4x2.put(k, a, aAt, b, bAt, scratch, 0, COLUMNS);
    }
  }

  /// All rows and few columns, rows read where they lie `step` apart, put into scratch memory.
  static void partInPlace(
      int k, float[] a, int at, int step, float[] b, int bAt, float[] scratch, int columns) {
    if (columns > Simd.LANES) {
      wholeInPlace(k, a, at, step, b, bAt, scratch, 0, COLUMNS, false);
    } else if (Simd.WIDE) {
      Tile8x1.putInPlace(k, a, at, step, b, bAt, scratch, 0, COLUMNS);
    } else {
      Tile4x1.putInPlace(k, a, at, step, b, bAt, scratch, 0, COLUMNS);
    }
  }

  /// Puts `n` block sums into their elements, or adds them.
  static void place(float[] sums, int at, float[] c, int cAt, int n, boolean add) {
    if (add) {
      for (int j = 0; j < n; j++) {
        c[cAt + j] += sums[at + j];
      }
    } else {
      System.arraycopy(sums, at, c, cAt, n);
    }
  }
}
