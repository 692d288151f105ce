package dev.lamina.analyze;

import java.util.List;
import java.util.Locale;

/// Similarities in [0, 1] of two lists of things as an SVG text: the darker, the more alike.
public final class SimilarityMap {
  private static final double CELL = 46;
  private static final double SMALL_CELL = 12;
  private static final int MOST_NUMBERS = 16;
  private static final double TOP = 62;
  private static final double LETTER = 7.5;

  private SimilarityMap() {}

  /// The SVG of a matrix; columns are numbered, and their names stand below.
  ///
  /// @param values `[rows][columns]`
  /// @param rows names of the rows
  /// @param columns names of the columns
  public static String of(
      String title, double[][] values, List<String> rows, List<String> columns) {
    boolean numbers = Math.max(rows.size(), columns.size()) <= MOST_NUMBERS;
    double cell = numbers ? CELL : SMALL_CELL;
    int longest = rows.stream().mapToInt(String::length).max().orElse(1);
    double left = 44 + LETTER * longest;
    double bottom = TOP + cell * rows.size();
    double line = 18;
    double below = LETTER * longest(columns) + 60;
    double width =
        24 + Math.max(left + Math.max(cell * columns.size(), below), 10.0 * title.length());
    Svg svg = new Svg(width, bottom + 40 + line * columns.size(), title);
    svg.text(24, 30, Svg.Anchor.START, Svg.Style.TITLE, title);
    for (int i = 0; i < rows.size(); i++) {
      double middle = TOP + cell * (i + 0.5) + 4;
      svg.text(left - 12, middle, Svg.Anchor.END, Svg.Style.NORMAL, rows.get(i));
      for (int j = 0; j < columns.size(); j++) {
        double x = left + cell * j;
        svg.rectangle(x, TOP + cell * i, cell - 1, cell - 1, Svg.shade(values[i][j]));
        if (numbers) {
          number(svg, x + cell / 2, middle, values[i][j]);
        }
      }
    }
    for (int j = 0; j < columns.size(); j++) {
      String number = Integer.toString(j + 1);
      if (numbers || j % 5 == 4) {
        svg.text(left + cell * (j + 0.5), bottom + 16, Svg.Anchor.MIDDLE, Svg.Style.SMALL, number);
      }
      double y = bottom + 40 + line * j;
      svg.text(left + 18, y, Svg.Anchor.END, Svg.Style.SMALL, number);
      svg.text(left + 28, y, Svg.Anchor.START, Svg.Style.NORMAL, columns.get(j));
    }
    return svg.end();
  }

  private static int longest(List<String> names) {
    return names.stream().mapToInt(String::length).max().orElse(1);
  }

  private static void number(Svg svg, double x, double y, double value) {
    Svg.Style style = new Svg.Style(value > 0.55 ? "#ffffff" : Svg.INK, 12, false);
    String text = String.format(Locale.ROOT, "%.2f", value);
    svg.text(x, y, Svg.Anchor.MIDDLE, style, text);
  }
}
