package dev.lamina.app;

import java.util.ArrayList;
import java.util.List;

/// A table of plain text: columns as wide as their widest cell, numbers to the right.
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final String alignment;

  /// A table.
  ///
  /// @param alignment one letter for each column, `l` or `r`
  Table(String alignment) {
    this.alignment = alignment;
  }

  /// Adds a row; a missing cell at the end is empty.
  Table row(Object... cells) {
    rows.add(List.of(cells).stream().map(Object::toString).toList());
    return this;
  }

  String text() {
    int[] widths = new int[alignment.length()];
    for (List<String> row : rows) {
      for (int c = 0; c < row.size(); c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        String fill = " ".repeat(widths[c] - row.get(c).length());
        boolean right = alignment.charAt(c) == 'r';
        line.append(c == 0 ? "" : GAP).append(right ? fill + row.get(c) : row.get(c) + fill);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
