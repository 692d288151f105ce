package dev.lamina.analyze;

import java.util.List;
import java.util.Locale;

/// A confusion matrix as an SVG text: true classes are rows, predicted classes columns.
///
/// The darkness of a cell is the square root of its share of the row, so that rare confusions are
/// seen.
public final class ConfusionMatrix {
  private static final double CELL = 46;
  private static final double SMALL_CELL = 9;
  private static final int MOST_NUMBERS = 20;
  private static final double TOP = 92;
  private static final Svg.Style COLUMN = new Svg.Style(Svg.INK, 12, false);

  private final Svg svg;
  private final int[][] counts;
  private final List<String> classes;
  private final double cell;
  private final double left;

  private ConfusionMatrix(int[][] counts, List<String> classes, String title) {
    this.counts = counts;
    this.classes = classes;
    boolean wide = classes.size() <= MOST_NUMBERS;
    this.cell = wide ? CELL : SMALL_CELL;
    int longest = classes.stream().mapToInt(String::length).max().orElse(1);
    this.left = wide ? 44 + 7.5 * longest : 40;
    double side = cell * classes.size();
    this.svg = new Svg(left + side + (wide ? 84 : 24), TOP + side + 24, title);
    svg.text(24, 30, Svg.Anchor.START, Svg.Style.TITLE, title);
  }

  /// The SVG of a matrix.
  ///
  /// @param counts `[classes][classes]`, row = true class, column = predicted class
  /// @param classes names, in the order of rows
  public static String of(int[][] counts, List<String> classes, String title) {
    ConfusionMatrix matrix = new ConfusionMatrix(counts, classes, title);
    matrix.draw();
    return matrix.svg.end();
  }

  private void draw() {
    boolean numbers = classes.size() <= MOST_NUMBERS;
    double side = cell * classes.size();
    svg.text(left + side / 2, 60, Svg.Anchor.MIDDLE, Svg.Style.SMALL, "predicted");
    svg.text(24, TOP - 12, Svg.Anchor.START, Svg.Style.SMALL, "true");
    for (int row = 0; row < counts.length; row++) {
      long total = 0;
      for (int count : counts[row]) {
        total += count;
      }
      for (int column = 0; column < counts.length; column++) {
        cell(row, column, total, numbers);
      }
      if (numbers) {
        margins(row, total, side);
      }
    }
    if (numbers) {
      svg.text(left + side + 66, TOP - 12, Svg.Anchor.END, Svg.Style.SMALL, "right");
    }
  }

  private void margins(int row, long total, double side) {
    double middle = TOP + cell * (row + 0.5) + 4;
    svg.text(left - 12, middle, Svg.Anchor.END, Svg.Style.NORMAL, classes.get(row));
    double across = left + cell * (row + 0.5);
    svg.text(across, TOP - 12, Svg.Anchor.MIDDLE, COLUMN, shortened(classes.get(row)));
    double right = total == 0 ? 0 : 100.0 * counts[row][row] / total;
    String percent = String.format(Locale.ROOT, "%.1f %%", right);
    svg.text(left + side + 66, middle, Svg.Anchor.END, Svg.Style.NORMAL, percent);
  }

  private void cell(int row, int column, long total, boolean numbers) {
    int count = counts[row][column];
    double share = total == 0 ? 0 : Math.sqrt((double) count / total);
    double x = left + cell * column;
    double y = TOP + cell * row;
    double gap = numbers ? 2 : 0;
    svg.rectangle(x, y, cell - gap, cell - gap, Svg.shade(share));
    if (numbers && count > 0) {
      String colour = share > 0.55 ? "#ffffff" : Svg.INK;
      svg.text(
          x + (cell - gap) / 2,
          y + cell / 2 + 3,
          Svg.Anchor.MIDDLE,
          new Svg.Style(colour, 12, row == column),
          String.format(Locale.ROOT, "%,d", count));
    }
  }

  private static String shortened(String name) {
    return name.length() <= 6 ? name : name.substring(0, 5) + "…";
  }
}
