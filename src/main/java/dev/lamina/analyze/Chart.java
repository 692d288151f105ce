package dev.lamina.analyze;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// One or more line charts side by side, as an SVG text.
///
/// Curves are labelled at their ends, in their colour; colours are those of Okabe and Ito, which
/// colour-blind readers tell apart.
public final class Chart {
  private static final List<String> COLOURS =
      List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9");
  private static final double PANEL = 460;
  private static final double HEIGHT = 360;
  private static final double TOP = 104;
  private static final double BOTTOM = 52;
  private static final double LEFT = 60;
  private static final double RIGHT = 116;
  private static final double LETTER_HEIGHT = 15;

  private final Svg svg;
  private final double left;
  private final Panel panel;
  private final Axis x;
  private final Axis y;

  /// A named curve.
  ///
  /// @param name short, written at its end
  /// @param x positions, in the order of the line
  /// @param y values, as many
  /// @param band half the height of a band around each value; empty for none
  public record Series(String name, List<Double> x, List<Double> y, List<Double> band) {
    /// Keeps unmodifiable copies.
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
      band = List.copyOf(band);
    }

    /// A curve without a band.
    public Series(String name, List<Double> x, List<Double> y) {
      this(name, x, y, List.of());
    }

    /// The values, or the two ends of the band at each.
    private Stream<Double> ends() {
      return band.isEmpty()
          ? y.stream()
          : IntStream.range(0, y.size())
              .boxed()
              .flatMap(i -> Stream.of(y.get(i) - band.get(i), y.get(i) + band.get(i)));
    }

    /// A curve of many batches as line and band (`Smoothing`).
    public static Series smooth(String name, List<Double> x, List<Double> y) {
      Smoothing smooth = Smoothing.of(y, Smoothing.HALF);
      return new Series(name, x, smooth.mean(), smooth.deviation());
    }
  }

  /// A value that others measured, drawn across the panel.
  ///
  /// @param name what it is
  /// @param value where on the y axis
  public record Reference(String name, double value) {}

  /// One chart.
  ///
  /// @param title what is to be seen
  /// @param across what the x axis counts, with its unit
  /// @param up what the y axis measures, with its unit
  /// @param series the curves
  /// @param reference a value for comparison
  public record Panel(
      String title, String across, String up, List<Series> series, Optional<Reference> reference) {}

  private Chart(Svg svg, Panel panel, double left) {
    this.svg = svg;
    this.panel = panel;
    this.left = left;
    double[] xs = finite(panel.series.stream().flatMap(s -> s.x.stream()));
    double[] ys = finite(panel.series.stream().flatMap(Series::ends));
    double reference = panel.reference.map(Reference::value).orElse(Double.NaN);
    this.x = Axis.around(min(xs), max(xs), left + LEFT, left + PANEL - RIGHT);
    this.y =
        Axis.around(
            Double.isNaN(reference) ? min(ys) : Math.min(min(ys), reference),
            Double.isNaN(reference) ? max(ys) : Math.max(max(ys), reference),
            HEIGHT - BOTTOM,
            TOP);
  }

  /// The SVG of panels side by side.
  ///
  /// @param title the heading of the whole
  public static String of(String title, List<Panel> panels) {
    Svg svg = new Svg(24 + PANEL * panels.size(), HEIGHT, title);
    svg.text(24, 30, Svg.Anchor.START, Svg.Style.TITLE, title);
    for (int i = 0; i < panels.size(); i++) {
      new Chart(svg, panels.get(i), 12 + PANEL * i).draw();
    }
    return svg.end();
  }

  private void draw() {
    svg.text(left + 12, 58, Svg.Anchor.START, Svg.Style.NORMAL, panel.title);
    svg.text(left + 12, 75, Svg.Anchor.START, Svg.Style.SMALL, panel.up);
    for (double tick : y.ticks()) {
      svg.line(x.from(), y.pixel(tick), x.to(), y.pixel(tick), Svg.GRID);
      svg.text(x.from() - 8, y.pixel(tick) + 4, Svg.Anchor.END, Svg.Style.SMALL, y.label(tick));
    }
    for (double tick : x.ticks()) {
      svg.text(x.pixel(tick), y.from() + 19, Svg.Anchor.MIDDLE, Svg.Style.SMALL, x.label(tick));
    }
    svg.line(x.from(), y.from(), x.to(), y.from(), Svg.FAINT);
    svg.text(
        (x.from() + x.to()) / 2, HEIGHT - 12, Svg.Anchor.MIDDLE, Svg.Style.SMALL, panel.across);
    panel.reference.ifPresent(
        r -> svg.dashed(x.from(), y.pixel(r.value), x.to(), y.pixel(r.value), Svg.FAINT));
    for (int i = 0; i < panel.series.size(); i++) {
      curve(panel.series.get(i), colour(i));
    }
    labels();
  }

  private void curve(Series s, String colour) {
    double[] px = s.x.stream().mapToDouble(x::pixel).toArray();
    double[] py = s.y.stream().mapToDouble(y::pixel).toArray();
    if (!s.band.isEmpty()) {
      double[] low = new double[px.length];
      double[] high = new double[px.length];
      for (int i = 0; i < px.length; i++) {
        low[i] = y.pixel(s.y.get(i) - s.band.get(i));
        high[i] = y.pixel(s.y.get(i) + s.band.get(i));
      }
      svg.area(px, low, high, colour);
    }
    svg.curve(px, py, colour);
    if (!s.x.isEmpty()) {
      svg.dot(px[px.length - 1], py[py.length - 1], colour);
    }
  }

  /// A label at the right end of a curve or reference.
  private record Label(String text, double y, Svg.Style style) {}

  /// Writes the labels in the order of their heights, each at least a line below the one before.
  private void labels() {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < panel.series.size(); i++) {
      Series s = panel.series.get(i);
      if (!s.y.isEmpty()) {
        Svg.Style style = Svg.Style.SMALL.coloured(colour(i));
        labels.add(new Label(s.name, y.pixel(s.y.getLast()) + 4, style));
      }
    }
    panel.reference.ifPresent(
        r -> labels.add(new Label(r.name, y.pixel(r.value) + 4, Svg.Style.SMALL)));
    labels.sort(Comparator.comparingDouble(Label::y));
    double lowest = Double.NEGATIVE_INFINITY;
    double room = y.from() + 4 - LETTER_HEIGHT * (labels.size() - 1);
    for (Label label : labels) {
      double at = Math.max(Math.min(label.y, room), lowest + LETTER_HEIGHT);
      svg.text(x.to() + 10, at, Svg.Anchor.START, label.style, label.text);
      lowest = at;
      room += LETTER_HEIGHT;
    }
  }

  private static String colour(int i) {
    return COLOURS.get(i % COLOURS.size());
  }

  private static double[] finite(Stream<Double> values) {
    return values.mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElse(0);
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(1);
  }
}
