package dev.lamina.kernel.vector;

import java.util.Arrays;

/// A block of rows and columns of a `Product`, computed by one thread with its own packed operands.
///
/// ```
/// for each K block:
///   pack the right operand's columns of this tile      [panel][k][COLUMNS], stays in L2
///   for each panel of rows:
///     pack it, or read it where it lies                [k][ROWS], stays in L1
///     for each panel of columns: a register tile       the result is walked along its rows
/// ```
///
/// Rows are read in place where they lie evenly and the K block is one run of memory: packing them
/// would cost 5 to 10 % of a convolution, half of a product with ten columns.
final class ProductTile {
  /// Lines after a panel that packing may overwrite.
  private static final int SLACK = 3;

  /// Panels of rows that are copied together.
  private static final int PANELS = 4;

  private final Workspace workspace;
  private Product product;
  private int group;
  private int row;
  private int rowEnd;
  private int column;
  private int columnEnd;
  private float[] c = {};

  ProductTile(Workspace workspace, Product product) {
    this.workspace = workspace;
    this.product = product;
  }

  /// Computes rows `row` to `rowEnd` and columns `column` to `columnEnd` of a group.
  void compute(Product task, int g, int firstRow, int lastRow, int firstColumn, int lastColumn) {
    product = task;
    group = g;
    row = firstRow;
    rowEnd = lastRow;
    column = firstColumn;
    columnEnd = lastColumn;
    if (task.turned) {
      c = workspace.turned((rowEnd - row) * width());
      turnIn();
      multiply();
      turnOut();
    } else {
      c = task.result.array;
      scale();
      multiply();
    }
  }

  private int width() {
    return columnEnd - column;
  }

  private void multiply() {
    boolean add = product.beta != 0;
    for (int from = 0; from < product.k; ) {
      int to = product.blockEnd(from);
      block(from, to, add);
      add = true;
      from = to;
    }
  }

  /// Multiplies the result by beta; a product over nothing is 0.
  private void scale() {
    float beta = product.beta;
    if (beta == 1 || (beta == 0 && product.k > 0)) {
      return;
    }
    for (int r = row; r < rowEnd; r++) {
      int at = product.result.place(group, r);
      if (beta == 0) {
        Arrays.fill(c, at + column, at + columnEnd, 0);
        continue;
      }
      for (int j = column; j < columnEnd; j++) {
        c[at + j] *= beta;
      }
    }
  }

  private void block(int from, int to, boolean add) {
    int depth = to - from;
    int panels = Math.ceilDiv(width(), Tiles.COLUMNS);
    float[] b = workspace.right((panels * depth + SLACK) * Tiles.COLUMNS);
    float[] a = workspace.left((PANELS * depth + SLACK) * Tiles.ROWS);
    packRight(from, to, b);
    if (product.leftAlongK) {
      alongK(from, depth, a, b, add);
    } else {
      acrossK(from, depth, a, b, add);
    }
  }

  /// Rows whose runs lie along k: read in place, or transposed panel by panel.
  private void alongK(int from, int depth, float[] a, float[] b, boolean add) {
    View left = product.left;
    boolean oneRun = from / left.run == (from + depth - 1) / left.run;
    for (int r = row; r < rowEnd; r += Tiles.ROWS) {
      int rows = Math.min(Tiles.ROWS, rowEnd - r);
      int step = oneRun && rows == Tiles.ROWS ? left.stride(r, rows) : -1;
      if (step >= 0) {
        rowsInPlace(r, left.place(group, r) + left.offset(from), step, depth, b, add);
      } else {
        left.packRows(group, r, rows, from, from + depth, a, 0, Tiles.ROWS);
        rows(r, rows, depth, a, 0, b, add);
      }
    }
  }

  /// Rows whose runs lie side by side: copied, some panels at once to use whole cache lines.
  private void acrossK(int from, int depth, float[] a, float[] b, boolean add) {
    int[] places = workspace.places(depth);
    product.left.places(group, from, depth, places);
    int together = PANELS * Tiles.ROWS;
    for (int r = row; r < rowEnd; r += together) {
      int end = Math.min(rowEnd, r + together);
      product.left.packColumns(places, depth, r, end - r, a, 0, Tiles.ROWS);
      for (int panel = r; panel < end; panel += Tiles.ROWS) {
        int rows = Math.min(Tiles.ROWS, end - panel);
        rows(panel, rows, depth, a, (panel - r) * depth, b, add);
      }
    }
  }

  private void packRight(int from, int to, float[] b) {
    int depth = to - from;
    View right = product.right;
    if (!product.rightAlongK) {
      int[] places = workspace.places(depth);
      right.places(group, from, depth, places);
      right.packColumns(places, depth, column, width(), b, 0, Tiles.COLUMNS);
      return;
    }
    int at = 0;
    for (int j = column; j < columnEnd; j += Tiles.COLUMNS, at += depth * Tiles.COLUMNS) {
      int columns = Math.min(Tiles.COLUMNS, columnEnd - j);
      right.packRows(group, j, columns, from, to, b, at, Tiles.COLUMNS);
    }
  }

  private void rows(int r, int rows, int depth, float[] a, int aAt, float[] b, boolean add) {
    int ld = rows == Tiles.ROWS ? resultStride(r) : -1;
    int place = resultPlace(r);
    int at = 0;
    for (int j = column; j < columnEnd; j += Tiles.COLUMNS, at += depth * Tiles.COLUMNS) {
      int columns = Math.min(Tiles.COLUMNS, columnEnd - j);
      if (ld >= 0 && columns == Tiles.COLUMNS) {
        Tiles.whole(depth, a, aAt, b, at, c, place + j, ld, add);
      } else {
        float[] sums = workspace.sums(Tiles.ROWS * Tiles.COLUMNS);
        Tiles.part(depth, a, aAt, b, at, sums, rows, columns);
        place(sums, r, rows, j, columns, add);
      }
    }
  }

  private void rowsInPlace(int r, int from, int step, int depth, float[] b, boolean add) {
    float[] a = product.left.array;
    int ld = resultStride(r);
    int place = resultPlace(r);
    int at = 0;
    for (int j = column; j < columnEnd; j += Tiles.COLUMNS, at += depth * Tiles.COLUMNS) {
      int columns = Math.min(Tiles.COLUMNS, columnEnd - j);
      if (ld >= 0 && columns == Tiles.COLUMNS) {
        Tiles.wholeInPlace(depth, a, from, step, b, at, c, place + j, ld, add);
      } else {
        float[] sums = workspace.sums(Tiles.ROWS * Tiles.COLUMNS);
        Tiles.partInPlace(depth, a, from, step, b, at, sums, columns);
        place(sums, r, Tiles.ROWS, j, columns, add);
      }
    }
  }

  private void place(float[] sums, int r, int rows, int j, int columns, boolean add) {
    for (int i = 0; i < rows; i++) {
      Tiles.place(sums, i * Tiles.COLUMNS, c, resultPlace(r + i) + j, columns, add);
    }
  }

  /// The position in `c` of column 0 of row `r`.
  private int resultPlace(int r) {
    return product.turned ? (r - row) * width() - column : product.result.place(group, r);
  }

  /// The distance of the rows of a tile in `c`, -1 if they lie unevenly.
  private int resultStride(int r) {
    return product.turned ? width() : product.result.stride(r, Tiles.ROWS);
  }

  /// Copies the transposed result, times beta, into scratch memory.
  private void turnIn() {
    float beta = product.beta;
    if (beta == 0 && product.k > 0) {
      return;
    }
    float[] from = product.result.array;
    for (int j = column; j < columnEnd; j++) {
      int at = product.result.place(group, j);
      for (int r = row; r < rowEnd; r++) {
        c[resultPlace(r) + j] = beta == 0 ? 0 : beta * from[at + r];
      }
    }
  }

  private void turnOut() {
    float[] to = product.result.array;
    int first = product.result.place(group, column);
    int ld = product.result.stride(column, width());
    int r = row;
    for (; r <= rowEnd - 4; r += 4) {
      int at = resultPlace(r) + column;
      Packing.transpose(
          c, at, at + width(), at + 2 * width(), at + 3 * width(), width(), to, first + r, ld);
    }
    for (; r < rowEnd; r++) {
      for (int j = 0; j < width(); j++) {
        to[first + j * ld + r] = c[resultPlace(r) + column + j];
      }
    }
  }
}
