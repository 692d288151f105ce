package dev.lamina.kernel.vector;

import java.util.Arrays;

/// A block of rows and columns of a `DoubleProduct`, computed by one thread with its own packed
/// operands, in the order of `ProductTile`.
final class DoubleProductTile {
  private static final int ROWS = DoublePanels.ROWS;
  private static final int COLUMNS = DoublePanels.COLUMNS;

  private final double[] scratch = new double[ROWS * COLUMNS];
  private DoubleProduct product;
  private double[] leftPanel = {};
  private double[] rightPanels = {};
  private double[] c = {};
  private int row;
  private int rowEnd;
  private int column;
  private int columnEnd;

  DoubleProductTile(DoubleProduct product) {
    this.product = product;
  }

  /// Computes rows `firstRow` to `lastRow` and columns `firstColumn` to `lastColumn`.
  void compute(DoubleProduct task, int firstRow, int lastRow, int firstColumn, int lastColumn) {
    product = task;
    c = task.c;
    row = firstRow;
    rowEnd = lastRow;
    column = firstColumn;
    columnEnd = lastColumn;
    scale(task.beta());
    boolean add = task.beta() != 0;
    for (int from = task.firstK(row, column); from < task.depth(); ) {
      int to = task.blockEnd(from);
      block(from, to, add);
      add = true;
      from = to;
    }
    if (task.isSymmetric()) {
      mirror();
    }
    c = scratch;
  }

  /// Multiplies the result by beta; a product over nothing is 0.
  private void scale(double beta) {
    boolean putFirst = beta == 0 && product.firstK(row, column) < product.depth();
    if (beta == 1 || putFirst) {
      return;
    }
    for (int r = row; r < rowEnd; r++) {
      int at = place(r);
      if (beta == 0) {
        Arrays.fill(c, at + column, at + columnEnd, 0);
        continue;
      }
      for (int j = column; j < columnEnd; j++) {
        c[at + j] *= beta;
      }
    }
  }

  private int place(int r) {
    return product.at + r * product.ld;
  }

  private void block(int from, int to, boolean add) {
    int depth = to - from;
    int panels = Math.ceilDiv(columnEnd - column, COLUMNS);
    if (rightPanels.length < panels * depth * COLUMNS) {
      rightPanels = new double[panels * depth * COLUMNS];
    }
    if (leftPanel.length < depth * ROWS) {
      leftPanel = new double[depth * ROWS];
    }
    for (int i = 0; i < panels; i++) {
      int j = column + i * COLUMNS;
      int columns = Math.min(COLUMNS, columnEnd - j);
      product.right.pack(j, columns, from, to, rightPanels, i * depth * COLUMNS, COLUMNS);
    }
    for (int r = row; r < rowEnd; r += ROWS) {
      int rows = Math.min(ROWS, rowEnd - r);
      product.left.pack(r, rows, from, to, leftPanel, 0, ROWS);
      rows(r, rows, depth, add);
    }
  }

  /// The panels of columns beside a panel of rows; of a symmetric result only those that reach its
  /// diagonal.
  private void rows(int r, int rows, int depth, boolean add) {
    int end = product.isSymmetric() ? Math.min(columnEnd, r + rows) : columnEnd;
    int at = 0;
    for (int j = column; j < end; j += COLUMNS, at += depth * COLUMNS) {
      int columns = Math.min(COLUMNS, columnEnd - j);
      if (rows == ROWS && columns == COLUMNS) {
        tile(depth, at, c, place(r) + j, product.ld, add);
      } else {
        tile(depth, at, scratch, 0, COLUMNS, false);
        for (int i = 0; i < rows; i++) {
          store(i * COLUMNS, place(r + i) + j, columns, add);
        }
      }
    }
  }

  private void tile(int depth, int b, double[] to, int toAt, int step, boolean add) {
    if (Simd.WIDE && add) {
      DoubleTile8x2.add(depth, leftPanel, 0, rightPanels, b, to, toAt, step);
    } else if (Simd.WIDE) {
      DoubleTile8x2.put(depth, leftPanel, 0, rightPanels, b, to, toAt, step);
    } else if (add) {
      DoubleTile4x2.add(depth, leftPanel, 0, rightPanels, b, to, toAt, step);
    } else {
      DoubleTile4x2.put(depth, leftPanel, 0, rightPanels, b, to, toAt, step);
    }
  }

  private void store(int from, int to, int columns, boolean add) {
    for (int j = 0; j < columns; j++) {
      c[to + j] = add ? c[to + j] + scratch[from + j] : scratch[from + j];
    }
  }

  /// Copies what lies below the diagonal to its place above.
  private void mirror() {
    int r = row;
    for (; r <= rowEnd - 4; r += 4) {
      int length = Math.min(columnEnd, r) - column;
      int to = place(column) + r;
      int a = place(r) + column;
      int ld = product.ld;
      DoublePanels.transpose(c, a, a + ld, a + 2 * ld, a + 3 * ld, length, c, to, ld);
      if (columnEnd > r) {
        mirror(r, r, r + 4);
      }
    }
    mirror(column, r, rowEnd);
  }

  /// The same one by one, for rows `from` to `to` and columns from `first` on.
  private void mirror(int first, int from, int to) {
    for (int r = from; r < to; r++) {
      for (int j = first; j < Math.min(columnEnd, r); j++) {
        c[place(j) + r] = c[place(r) + j];
      }
    }
  }
}
