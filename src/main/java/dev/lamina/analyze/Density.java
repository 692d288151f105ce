package dev.lamina.analyze;

import java.util.Arrays;

/// The density of numbers on a line, estimated with Gaussians.
///
/// ```
/// p(t) = 1 / (n h √(2π)) Σ exp(-(t - v_i)² / 2h²)      h = n^(-1/5) · deviation of the sample
/// ```
///
/// Source: Scott 1992; `specs/hsic-bottleneck.md`, section 12.5.
public final class Density {
  private Density() {}

  /// The bandwidth h; 0 if all values are the same, or there are fewer than two.
  public static double bandwidth(double[] values) {
    int n = values.length;
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return n < 2 ? 0 : StrictMath.pow(n, -0.2) * Math.sqrt(squares / (n - 1));
  }

  /// The density at each of `points`.
  ///
  /// @throws IllegalArgumentException if the bandwidth is 0: the density is then no function
  public static double[] at(double[] points, double[] values) {
    double h = bandwidth(values);
    if (!(h > 0)) {
      throw new IllegalArgumentException("no density of " + values.length + " equal values");
    }
    double scale = values.length * h * Math.sqrt(2 * StrictMath.PI);
    double[] density = new double[points.length];
    for (int i = 0; i < points.length; i++) {
      for (double v : values) {
        double t = (points[i] - v) / h;
        density[i] += StrictMath.exp(-0.5 * t * t);
      }
      density[i] /= scale;
    }
    return density;
  }

  /// `count` equidistant points, both ends included.
  public static double[] points(double from, double to, int count) {
    double[] points = new double[count];
    for (int i = 0; i < count; i++) {
      points[i] = from + (to - from) * i / (count - 1);
    }
    return points;
  }
}
