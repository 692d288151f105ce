package dev.lamina.analyze;

import dev.lamina.measure.ClassResponses;
import java.util.stream.IntStream;

/// How the output units answer to each class: a panel a class, the mean of each unit as a line, one
/// standard deviation to each side as a band.
///
/// The heading of a panel names the unit with the largest mean, taken by another class or not.
///
/// Source: `specs/hsic-bottleneck.md`, section 12.4.
public final class UnitPicture {
  private static final int COLUMNS = 5;
  private static final double WIDTH = 230;
  private static final double HEIGHT = 190;
  private static final double HEAD = 48;
  private static final double LOW = -1;
  private static final double HIGH = 4;
  private static final String LINE = "#D55E00";

  private UnitPicture() {}

  /// The picture as SVG.
  public static String of(String title, ClassResponses responses) {
    int classes = responses.classes();
    int rows = (classes + COLUMNS - 1) / COLUMNS;
    Svg svg = new Svg(24 + WIDTH * Math.min(COLUMNS, classes), HEAD + HEIGHT * rows, title);
    svg.text(24, 30, Svg.Anchor.START, Svg.Style.TITLE, title);
    for (int label = 0; label < classes; label++) {
      int row = label / COLUMNS;
      panel(svg, responses, label, 24 + WIDTH * (label - row * COLUMNS), HEAD + HEIGHT * row);
    }
    return svg.end();
  }

  private static void panel(Svg svg, ClassResponses responses, int label, double left, double top) {
    double[] mean = responses.means(label);
    double[] deviation = responses.deviations(label);
    Axis x = new Axis(0, Math.max(1, mean.length - 1), left + 22, left + WIDTH - 20);
    Axis y = new Axis(LOW, HIGH, top + HEIGHT - 30, top + 26);
    String heading = "class " + label + ": unit " + responses.strongest(label);
    svg.text(left + 22, top + 16, Svg.Anchor.START, Svg.Style.NORMAL, heading);
    for (double tick : new double[] {-1, 0, 1, 2, 3}) {
      svg.line(x.from(), y.pixel(tick), x.to(), y.pixel(tick), Svg.GRID);
      svg.text(x.from() - 6, y.pixel(tick) + 4, Svg.Anchor.END, Svg.Style.SMALL, y.label(tick));
    }
    for (int o = 0; o < mean.length; o += Math.max(1, mean.length / 10)) {
      svg.text(x.pixel(o), y.from() + 18, Svg.Anchor.MIDDLE, Svg.Style.SMALL, Integer.toString(o));
    }
    double[] px = IntStream.range(0, mean.length).mapToDouble(x::pixel).toArray();
    svg.area(px, heights(y, mean, deviation, -1), heights(y, mean, deviation, 1), LINE);
    svg.curve(px, heights(y, mean, deviation, 0), LINE);
  }

  /// Pixels of `mean + times · deviation`, cut off at the ends of the axis.
  private static double[] heights(Axis y, double[] mean, double[] deviation, int times) {
    return IntStream.range(0, mean.length)
        .mapToDouble(o -> mean[o] + times * deviation[o])
        .map(v -> y.pixel(Math.clamp(v, LOW, HIGH)))
        .toArray();
  }
}
