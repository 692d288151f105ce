package dev.lamina.analyze;

import java.util.Locale;

/// An SVG drawing as it grows; lengths in pixels, the origin at the top left.
final class Svg {
  /// Colour of text.
  static final String INK = "#2b2b2b";

  /// Colour of text of the second rank.
  static final String FAINT = "#757575";

  /// Colour of grid lines.
  static final String GRID = "#e6e6e6";

  private static final int[] DARK = {8, 69, 148};

  private static final String FONT =
      "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";

  private final StringBuilder out = new StringBuilder();

  /// A white sheet.
  Svg(double width, double height, String title) {
    add(
        ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s"
                + " %s\" font-family=\"%s\" font-size=\"13\" role=\"img\">")
            .formatted(number(width), number(height), number(width), number(height), FONT));
    add("<title>%s</title>".formatted(escape(title)));
    rectangle(0, 0, width, height, "#ffffff");
  }

  /// Where a text hangs on its point.
  enum Anchor {
    /// The text begins there.
    START,
    /// The text is centred there.
    MIDDLE,
    /// The text ends there.
    END
  }

  /// How a text looks.
  ///
  /// @param colour of the letters
  /// @param size height in pixels
  /// @param bold whether strong
  record Style(String colour, double size, boolean bold) {
    static final Style TITLE = new Style(INK, 16, true);
    static final Style NORMAL = new Style(INK, 13, false);
    static final Style SMALL = new Style(FAINT, 12, false);

    Style coloured(String other) {
      return new Style(other, size, true);
    }
  }

  void text(double x, double y, Anchor anchor, Style style, String text) {
    add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%s\"%s>%s</text>"
            .formatted(
                number(x),
                number(y),
                anchor.name().toLowerCase(Locale.ROOT),
                style.colour,
                number(style.size),
                style.bold ? " font-weight=\"600\"" : "",
                escape(text)));
  }

  void line(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>"
            .formatted(number(x1), number(y1), number(x2), number(y2), colour));
  }

  void dashed(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-dasharray=\"4 4\"/>"
            .formatted(number(x1), number(y1), number(x2), number(y2), colour));
  }

  void rectangle(double x, double y, double width, double height, String colour) {
    add(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>"
            .formatted(number(x), number(y), number(width), number(height), colour));
  }

  void dot(double x, double y, String colour) {
    add(
        "<circle cx=\"%s\" cy=\"%s\" r=\"3\" fill=\"%s\"/>"
            .formatted(number(x), number(y), colour));
  }

  /// A line through points `x[i], y[i]`; what is not finite leaves a gap.
  void curve(double[] x, double[] y, String colour) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    for (int i = 0; i < x.length; i++) {
      boolean there = Double.isFinite(x[i]) && Double.isFinite(y[i]);
      if (there) {
        path.append(pen ? 'L' : 'M').append(number(x[i])).append(' ').append(number(y[i]));
      }
      pen = there;
    }
    add(
        ("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\""
                + " stroke-linecap=\"round\"/>")
            .formatted(path, colour));
  }

  /// A band between the heights `low[i]` and `high[i]` at `x[i]`, half transparent.
  void area(double[] x, double[] low, double[] high, String colour) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      path.append(i == 0 ? 'M' : 'L').append(number(x[i])).append(' ').append(number(low[i]));
    }
    for (int i = x.length - 1; i >= 0; i--) {
      path.append('L').append(number(x[i])).append(' ').append(number(high[i]));
    }
    add("<path d=\"%sZ\" fill=\"%s\" fill-opacity=\"0.25\"/>".formatted(path, colour));
  }

  /// A blue, the darker the larger the share in [0, 1].
  static String shade(double share) {
    StringBuilder colour = new StringBuilder("#");
    for (int part : DARK) {
      colour.append(String.format(Locale.ROOT, "%02x", Math.round(245 + share * (part - 245))));
    }
    return colour.toString();
  }

  /// The whole document.
  String end() {
    return out + "</svg>\n";
  }

  private void add(String element) {
    out.append(element).append('\n');
  }

  /// A length with at most two decimals.
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    String text =
        hundredths / 100 + "." + String.format(Locale.ROOT, "%02d", Math.abs(hundredths % 100));
    String sign = hundredths < 0 && hundredths > -100 ? "-" : "";
    return sign + text.replaceFirst("\\.?0+$", "");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
