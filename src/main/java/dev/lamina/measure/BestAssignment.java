package dev.lamina.measure;

import java.util.Arrays;

/// The assignment of rows to columns with the largest sum, by the Hungarian method.
///
/// Source: Kuhn 1955, in the form of Jonker and Volgenant 1987: rows join one by one, each by the
/// cheapest alternating path, while potentials keep all reduced costs from falling below 0.
final class BestAssignment {
  private final long[][] gain;
  private final int size;
  private final long[] ofRow;
  private final long[] ofColumn;
  private final int[] rowAt;

  private BestAssignment(long[][] gain) {
    int columns = gain.length == 0 ? 0 : gain[0].length;
    this.gain = gain;
    this.size = Math.max(gain.length, columns);
    this.ofRow = new long[size + 1];
    this.ofColumn = new long[size + 1];
    this.rowAt = new int[size + 1];
  }

  /// The column of each row; -1 for a row that finds none where there are fewer columns than rows.
  static int[] of(long[][] gain) {
    BestAssignment solved = new BestAssignment(gain);
    for (int row = 1; row <= solved.size; row++) {
      solved.add(row);
    }
    int[] columnOf = new int[gain.length];
    Arrays.fill(columnOf, -1);
    for (int column = 1; column <= solved.size; column++) {
      int row = solved.rowAt[column] - 1;
      if (row < gain.length && column - 1 < gain[row].length) {
        columnOf[row] = column - 1;
      }
    }
    return columnOf;
  }

  /// The cost of a pair, both from 1; the square is filled up with pairs that cost nothing.
  private long cost(int row, int column) {
    boolean real = row <= gain.length && column <= gain[0].length;
    return real ? -gain[row - 1][column - 1] : 0;
  }

  private void add(int row) {
    long[] least = new long[size + 1];
    int[] before = new int[size + 1];
    boolean[] visited = new boolean[size + 1];
    Arrays.fill(least, Long.MAX_VALUE);
    rowAt[0] = row;
    int at = 0;
    do {
      visited[at] = true;
      at = nearest(at, least, before, visited);
    } while (rowAt[at] != 0);
    while (at != 0) {
      rowAt[at] = rowAt[before[at]];
      at = before[at];
    }
  }

  /// Follows the cheapest edge from the tree of visited columns, and lowers its cost to 0.
  private int nearest(int from, long[] least, int[] before, boolean[] visited) {
    int next = 0;
    long step = Long.MAX_VALUE;
    for (int column = 1; column <= size; column++) {
      if (!visited[column]) {
        long reduced = cost(rowAt[from], column) - ofRow[rowAt[from]] - ofColumn[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          before[column] = from;
        }
        if (least[column] < step) {
          step = least[column];
          next = column;
        }
      }
    }
    for (int column = 0; column <= size; column++) {
      if (visited[column]) {
        ofRow[rowAt[column]] += step;
        ofColumn[column] -= step;
      } else {
        least[column] -= step;
      }
    }
    return next;
  }
}
