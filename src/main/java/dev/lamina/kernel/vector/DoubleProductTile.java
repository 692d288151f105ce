package dev.lamina.kernel.vector;

import java.util.Arrays;

/// A block of rows and columns of a `DoubleProduct`, computed by one thread with its own packed
/// operands, in the order of `ProductTile`.
final class DoubleProductTile {
  private static final int ROWS = DoublePanels.ROWS;
  private static final int COLUMNS = DoublePanels.COLUMNS;

  /// Panels of rows that are packed together.
  private static final int TOGETHER = 2;

  /// The step of rows that were packed.
  private static final int PACKED = 0;

  private final double[] scratch = new double[ROWS * COLUMNS];
  private DoubleProduct product;
  private double[] leftPanels = {};
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
    rightPanels = atLeast(rightPanels, panels * depth * COLUMNS);
    product.right.pack(column, columnEnd - column, from, to, rightPanels, COLUMNS);
    Operand left = product.left;
    int r = row;
    for (; left.liesInPlace() && r + ROWS <= rowEnd; r += ROWS) {
      rows(r, ROWS, depth, left.array(), left.place(r, from), left.step(), add);
    }
    leftPanels = atLeast(leftPanels, TOGETHER * depth * ROWS);
    for (; r < rowEnd; r += TOGETHER * ROWS) {
      int end = Math.min(rowEnd, r + TOGETHER * ROWS);
      left.pack(r, end - r, from, to, leftPanels, ROWS);
      for (int panel = r; panel < end; panel += ROWS) {
        int count = Math.min(ROWS, end - panel);
        rows(panel, count, depth, leftPanels, (panel - r) * depth, PACKED, add);
      }
    }
  }

  private static double[] atLeast(double[] memory, int size) {
    return memory.length < size ? new double[size] : memory;
  }

  /// The panels of columns beside a panel of rows; of a symmetric result only those that reach its
  /// diagonal.
  private void rows(int r, int rows, int depth, double[] a, int aAt, int step, boolean add) {
    int end = product.isSymmetric() ? Math.min(columnEnd, r + rows) : columnEnd;
    int at = 0;
    for (int j = column; j < end; j += COLUMNS, at += depth * COLUMNS) {
      int columns = Math.min(COLUMNS, columnEnd - j);
      if (rows == ROWS && columns == COLUMNS) {
        tile(depth, a, aAt, step, at, c, place(r) + j, product.ld, add);
      } else {
        tile(depth, a, aAt, step, at, scratch, 0, COLUMNS, false);
        for (int i = 0; i < rows; i++) {
          store(i * COLUMNS, place(r + i) + j, columns, add);
        }
      }
    }
  }

  private void tile(
      int depth, double[] a, int aAt, int step, int b, double[] to, int toAt, int ld, boolean add) {
    if (step == PACKED) {
      DoubleTiles.packed(depth, a, aAt, rightPanels, b, to, toAt, ld, add);
    } else {
      DoubleTiles.inPlace(depth, a, aAt, step, rightPanels, b, to, toAt, ld, add);
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
