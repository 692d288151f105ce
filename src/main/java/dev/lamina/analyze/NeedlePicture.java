package dev.lamina.analyze;

import dev.lamina.analyze.Chart.Panel;
import dev.lamina.analyze.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where a network of one output unit puts the classes: a density for each.
///
/// A class whose values are all the same has no density and is drawn as a vertical line.
///
/// Source: `specs/hsic-bottleneck.md`, section 12.5.
public final class NeedlePicture {
  private static final double END = 1.3;
  private static final int POINTS = 150;

  private NeedlePicture() {}

  /// The picture as SVG.
  ///
  /// @param byClass the values of each class; one without values is left out
  public static String of(String title, List<double[]> byClass) {
    double[] points = Density.points(-END, END, POINTS);
    List<Series> curves = new ArrayList<>();
    for (int label = 0; label < byClass.size(); label++) {
      double[] values = byClass.get(label);
      if (values.length > 0) {
        curves.add(curve(Integer.toString(label), points, values));
      }
    }
    Panel panel =
        new Panel("", "output of the unit", "density of each class", curves, Optional.empty());
    return Chart.of(title, List.of(panel));
  }

  private static Series curve(String name, double[] points, double[] values) {
    return Density.bandwidth(values) > 0
        ? new Series(name, list(points), list(Density.at(points, values)))
        : new Series(name, List.of(values[0], values[0]), List.of(0.0, 1.0));
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
