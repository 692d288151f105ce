package dev.lamina.analyze;

import java.util.ArrayList;
import java.util.List;

/// A curve of batches made readable: means and deviations of a window that moves along.
///
/// ```
/// mean_j ± deviation_j   over v[max(0, j - half)] … v[min(n, j + half) - 1]
/// ```
///
/// Source: `specs/hsic-bottleneck.md`, section 12.2.
///
/// @param mean the line
/// @param deviation half the height of the band: the deviation of the population
public record Smoothing(List<Double> mean, List<Double> deviation) {
  /// Keeps unmodifiable copies.
  public Smoothing {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
  }

  /// The half width of published curves.
  public static final int HALF = 5;

  /// Smooths a curve.
  ///
  /// @param half values to each side; the window has this one at its right
  public static Smoothing of(List<Double> values, int half) {
    int n = values.size();
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (int j = 0; j < n; j++) {
      List<Double> window = values.subList(Math.max(0, j - half), Math.min(n, j + half));
      double m = window.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      double squares = window.stream().mapToDouble(v -> (v - m) * (v - m)).sum();
      mean.add(m);
      deviation.add(Math.sqrt(squares / window.size()));
    }
    return new Smoothing(mean, deviation);
  }
}
