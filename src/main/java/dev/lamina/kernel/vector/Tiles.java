package dev.lamina.kernel.vector;

/// Register tiles: the size of the tile at this vector width, and the pick of one that fits.
///
/// Packed rows lie as `[k][ROWS]`, packed columns as `[k][COLUMNS]`. A tile that sticks out of the
/// result works on a copy of it in scratch memory, so the packed operands may hold anything beyond
/// their valid rows and columns. Which tile computes an element does not touch its bits: each is one
/// chain of `fma` over `k`, added to the element.
final class Tiles {
  /// Rows of a packed panel of the left operand.
  static final int ROWS = Simd.WIDE ? 8 : 4;

  /// Columns of a packed panel of the right operand: two vectors.
  static final int COLUMNS = 2 * Simd.LANES;

  private Tiles() {}

  /// Adds the chains of a full or partial tile to `c`.
  ///
  /// @param rows valid rows, at most `ROWS`
  /// @param columns valid columns, at most `COLUMNS`
  static void run(
      int k, float[] a, float[] b, int bAt, float[] c, int cAt, int ld, int rows, int columns) {
    if (rows == ROWS && columns == COLUMNS) {
      full(k, a, b, bAt, c, cAt, ld);
    } else {
      edge(k, a, b, bAt, c, cAt, ld, rows, columns);
    }
  }

  private static void full(int k, float[] a, float[] b, int bAt, float[] c, int cAt, int ld) {
    if (Simd.WIDE) {
      Tile8x2.run(k, a, 0, b, bAt, c, cAt, ld);
    } else {
      Tile4x2.run(k, a, 0, b, bAt, c, cAt, ld);
    }
  }

  private static void narrow(int k, float[] a, float[] b, int bAt, float[] c, int cAt, int ld) {
    if (Simd.WIDE) {
      Tile8x1.run(k, a, 0, b, bAt, c, cAt, ld);
    } else {
      Tile4x1.run(k, a, 0, b, bAt, c, cAt, ld);
    }
  }

  private static void edge(
      int k, float[] a, float[] b, int bAt, float[] c, int cAt, int ld, int rows, int columns) {
    float[] whole = Workspace.current().edge(ROWS * COLUMNS);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(c, cAt + r * ld, whole, r * COLUMNS, columns);
    }
    smallest(k, a, b, bAt, whole, rows, columns);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(whole, r * COLUMNS, c, cAt + r * ld, columns);
    }
  }

  /// The smallest tile that covers the valid rows and columns, into scratch memory.
  static void smallest(
      int k, float[] a, float[] b, int bAt, float[] whole, int rows, int columns) {
    boolean low = Simd.WIDE && rows <= 4;
    if (columns > Simd.LANES) {
      if (low) {
        Tile4x2.run(k, a, 0, b, bAt, whole, 0, COLUMNS);
      } else {
        full(k, a, b, bAt, whole, 0, COLUMNS);
      }
    } else if (low) {
      Tile4x1.run(k, a, 0, b, bAt, whole, 0, COLUMNS);
    } else {
      narrow(k, a, b, bAt, whole, 0, COLUMNS);
    }
  }
}
