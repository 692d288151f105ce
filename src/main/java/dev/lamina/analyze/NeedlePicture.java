package dev.lamina.analyze;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where a network of one output unit puts the classes: a density for each, with its number at its
/// peak.
///
/// A class whose values are all the same has no density and is drawn as a vertical line.
///
/// Source: `specs/hsic-bottleneck.md`, section 12.5.
public final class NeedlePicture {
  /// Ten that can be told apart: those of Okabe and Ito, black, and three between.
  private static final List<String> COLOURS =
      List.of(
          "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#7F3C8D",
          "#8C6D31", "#A5AA00");

  private static final double END = 1.3;
  private static final int POINTS = 150;
  private static final double WIDTH = 700;
  private static final double HEIGHT = 420;
  private static final double LEFT = 60;
  private static final double TOP = 92;
  private static final double BOTTOM = 52;

  private NeedlePicture() {}

  /// A curve: the class, its heights, and where it is highest.
  @SuppressWarnings("ArrayRecordComponent")
  private record Curve(int label, double[] x, double[] y, int top) {
    static Curve of(int label, double[] values) {
      if (!(Density.bandwidth(values) > 0)) {
        return new Curve(label, new double[] {values[0], values[0]}, new double[] {0, 1}, 1);
      }
      double[] x = Density.points(-END, END, POINTS);
      double[] y = Density.at(x, values);
      int top = 0;
      for (int i = 1; i < y.length; i++) {
        top = y[i] > y[top] ? i : top;
      }
      return new Curve(label, x, y, top);
    }
  }

  /// The picture as SVG.
  ///
  /// @param byClass the values of each class; one without values is left out
  public static String of(String title, List<double[]> byClass) {
    List<Curve> curves = new ArrayList<>();
    for (int label = 0; label < byClass.size(); label++) {
      if (byClass.get(label).length > 0) {
        curves.add(Curve.of(label, byClass.get(label)));
      }
    }
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.text(24, 30, Svg.Anchor.START, Svg.Style.TITLE, title);
    svg.text(24, 58, Svg.Anchor.START, Svg.Style.SMALL, "density of each class");
    double highest = curves.stream().mapToDouble(c -> c.y[c.top]).max().orElse(1);
    Axis x = new Axis(-END, END, LEFT, WIDTH - 24);
    Axis y = Axis.around(0, highest, HEIGHT - BOTTOM, TOP);
    axes(svg, x, y);
    curves.forEach(curve -> draw(svg, curve, x, y));
    return svg.end();
  }

  private static void axes(Svg svg, Axis x, Axis y) {
    for (double tick : y.ticks()) {
      svg.line(x.from(), y.pixel(tick), x.to(), y.pixel(tick), Svg.GRID);
      svg.text(x.from() - 8, y.pixel(tick) + 4, Svg.Anchor.END, Svg.Style.SMALL, y.label(tick));
    }
    for (String tick : List.of("-1.0", "-0.5", "0.0", "0.5", "1.0")) {
      double at = x.pixel(Double.parseDouble(tick));
      svg.text(at, y.from() + 19, Svg.Anchor.MIDDLE, Svg.Style.SMALL, tick);
    }
    svg.line(x.from(), y.from(), x.to(), y.from(), Svg.FAINT);
    svg.text(
        (x.from() + x.to()) / 2,
        HEIGHT - 12,
        Svg.Anchor.MIDDLE,
        Svg.Style.SMALL,
        "output of the unit");
  }

  private static void draw(Svg svg, Curve c, Axis x, Axis y) {
    String colour = COLOURS.get(c.label % COLOURS.size());
    double[] px = Arrays.stream(c.x).map(x::pixel).toArray();
    double[] py = Arrays.stream(c.y).map(y::pixel).toArray();
    svg.curve(px, py, colour);
    Svg.Style style = Svg.Style.SMALL.coloured(colour);
    svg.text(px[c.top], py[c.top] - 6, Svg.Anchor.MIDDLE, style, Integer.toString(c.label));
  }
}
