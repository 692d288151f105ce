package dev.lamina.kernel.vector;

import java.util.Arrays;

/// One matrix product, cut into tiles: `result = left · right + beta result`, for each group.
///
/// ```
/// element = beta · element (0 if beta is 0) + block sum + block sum + ...     in this order
/// block sum = one chain of fma over its k that starts at 0
/// ```
/// K is cut into runs of `span`, each into parts of at most `part`: they fix the bits, and follow from
/// the shape (`Blocks`). All else is free: a tile is a block of rows and columns of the result, with its own
/// packed operands, so tiles share nothing.
///
/// ```
/// for each K block:
///   pack the right operand's columns of this tile        [panel][k][COLUMNS], stays in L2
///   for each panel of rows:
///     pack it                                            [k][ROWS], stays in L1
///     for each panel of columns: a register tile         C is walked along its rows
/// ```
final class Product extends TileTask {
  /// Columns of a tile: with 384 k they fill half of an L2 of 1 MiB.
  private static final int MAX_COLUMNS = 256;

  private static final int MAX_ROWS = 512;

  /// Flops below which a tile is not cut further.
  private static final double SMALLEST_TILE = 2e6;

  /// Tiles that a product is cut into if it is large enough.
  private static final int WANTED_TILES = 8;

  final View left = new View();
  final View right = new View();
  final View result = new View();

  /// Whether the runs of an operand lie along k, so that packing transposes.
  boolean leftAlongK;

  boolean rightAlongK;
  float beta;
  private int groups;
  private int m;
  private int n;
  private int k;
  private int span;
  private int part;
  private int rowBlocks;
  private int columnBlocks;

  /// Sets the sizes of one group's product.
  void size(int groupCount, int rows, int columns, int depth) {
    groups = groupCount;
    m = rows;
    n = columns;
    k = depth;
  }

  /// Sets the K blocks: runs of `length`, each in parts of at most `most`.
  void blocks(int length, int most) {
    span = length;
    part = most;
  }

  /// Computes the product.
  void compute(ThreadPool pool) {
    if (m == 0 || n == 0) {
      return;
    }
    cut();
    int tiles = groups * rowBlocks * columnBlocks;
    if (2.0 * groups * m * n * k < 2 * SMALLEST_TILE) {
      ThreadPool.runAlone(this, tiles);
    } else {
      pool.run(this, tiles);
    }
    left.release();
    right.release();
    result.release();
  }

  /// Chooses the grid of tiles: within the cache, then about square, until there are enough.
  private void cut() {
    rowBlocks = Math.ceilDiv(m, MAX_ROWS);
    columnBlocks = Math.ceilDiv(n, MAX_COLUMNS);
    double flops = 2.0 * groups * m * n * k;
    while ((double) groups * rowBlocks * columnBlocks < WANTED_TILES) {
      double next = flops / ((double) groups * rowBlocks * columnBlocks * 2);
      boolean tall = m / rowBlocks > n / columnBlocks;
      boolean smallest = tall ? m / rowBlocks < 2 * Tiles.ROWS : n / columnBlocks < 64;
      if (next < SMALLEST_TILE || smallest) {
        break;
      }
      if (tall) {
        rowBlocks *= 2;
      } else {
        columnBlocks *= 2;
      }
    }
  }

  @Override
  void run(int tile) {
    int perGroup = rowBlocks * columnBlocks;
    int group = tile / perGroup;
    int rowTile = tile % perGroup / columnBlocks;
    int columnTile = tile % columnBlocks;
    int rowStep = Math.ceilDiv(Math.ceilDiv(m, rowBlocks), Tiles.ROWS) * Tiles.ROWS;
    int columnStep = Math.ceilDiv(Math.ceilDiv(n, columnBlocks), Tiles.COLUMNS) * Tiles.COLUMNS;
    int row = rowTile * rowStep;
    int rowEnd = Math.min(m, row + rowStep);
    int column = columnTile * columnStep;
    int columnEnd = Math.min(n, column + columnStep);
    if (row < rowEnd && column < columnEnd) {
      block(group, row, rowEnd, column, columnEnd);
    }
  }

  private void block(int group, int row, int rowEnd, int column, int columnEnd) {
    scale(group, row, rowEnd, column, columnEnd);
    for (int from = 0; from < k; ) {
      int to = Math.min(Math.min(k - from, part), span - from % span) + from;
      multiply(group, row, rowEnd, column, columnEnd, from, to);
      from = to;
    }
  }

  private void scale(int group, int row, int rowEnd, int column, int columnEnd) {
    if (beta == 1) {
      return;
    }
    float[] c = result.array;
    for (int r = row; r < rowEnd; r++) {
      int at = result.place(group, r);
      if (beta == 0) {
        Arrays.fill(c, at + column, at + columnEnd, 0);
      } else {
        for (int j = column; j < columnEnd; j++) {
          c[at + j] *= beta;
        }
      }
    }
  }

  private void multiply(
      int group, int row, int rowEnd, int column, int columnEnd, int from, int to) {
    Workspace workspace = Workspace.current();
    int depth = to - from;
    int panel = depth * Tiles.COLUMNS;
    float[] b = workspace.right(Math.ceilDiv(columnEnd - column, Tiles.COLUMNS) * panel);
    float[] a = workspace.left(depth * Tiles.ROWS);
    int[] places = workspace.places(depth);
    packRight(group, column, columnEnd, from, to, b, places);
    if (!leftAlongK) {
      left.places(group, from, depth, places);
    }
    for (int r = row; r < rowEnd; r += Tiles.ROWS) {
      int rows = Math.min(Tiles.ROWS, rowEnd - r);
      if (leftAlongK) {
        left.packRows(group, r, rows, from, to, a, 0, Tiles.ROWS);
      } else {
        left.packColumns(places, depth, r, rows, a, 0, Tiles.ROWS);
      }
      tiles(group, r, rows, column, columnEnd, depth, a, b);
    }
  }

  private void packRight(
      int group, int column, int columnEnd, int from, int to, float[] b, int[] places) {
    int depth = to - from;
    if (!rightAlongK) {
      right.places(group, from, depth, places);
    }
    int at = 0;
    for (int j = column; j < columnEnd; j += Tiles.COLUMNS, at += depth * Tiles.COLUMNS) {
      int columns = Math.min(Tiles.COLUMNS, columnEnd - j);
      if (rightAlongK) {
        right.packRows(group, j, columns, from, to, b, at, Tiles.COLUMNS);
      } else {
        right.packColumns(places, depth, j, columns, b, at, Tiles.COLUMNS);
      }
    }
  }

  private void tiles(
      int group, int r, int rows, int column, int columnEnd, int depth, float[] a, float[] b) {
    int ld = result.stride(r, rows);
    int place = result.place(group, r);
    int at = 0;
    for (int j = column; j < columnEnd; j += Tiles.COLUMNS, at += depth * Tiles.COLUMNS) {
      int columns = Math.min(Tiles.COLUMNS, columnEnd - j);
      if (ld >= 0) {
        Tiles.run(depth, a, b, at, result.array, place + j, ld, rows, columns);
      } else {
        scatter(group, r, rows, j, columns, depth, a, b, at);
      }
    }
  }

  /// A tile whose rows do not lie evenly in memory.
  private void scatter(
      int group, int r, int rows, int j, int columns, int depth, float[] a, float[] b, int at) {
    float[] whole = Workspace.current().scatter(Tiles.ROWS * Tiles.COLUMNS);
    float[] c = result.array;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(c, result.place(group, r + i) + j, whole, i * Tiles.COLUMNS, columns);
    }
    Tiles.smallest(depth, a, b, at, whole, rows, columns);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(whole, i * Tiles.COLUMNS, c, result.place(group, r + i) + j, columns);
    }
  }
}
