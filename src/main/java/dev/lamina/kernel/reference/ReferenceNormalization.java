package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;

/// Batch normalisation without its affine part (`specs/operations.md`, section 4).
final class ReferenceNormalization {
  private ReferenceNormalization() {}

  static void moments(Tensor mean, Tensor variance, Tensor x) {
    double[] values = Doubles.of(x);
    int c = x.axis(-1);
    int m = x.shape().rows();
    double[] means = ReferenceReductions.columnSums(values, c);
    ReferenceElements.each(means, sum -> sum / m);
    for (int i = 0; i < values.length; i++) {
      double d = values[i] - means[i % c];
      values[i] = d * d;
    }
    double[] variances = ReferenceReductions.columnSums(values, c);
    ReferenceElements.each(variances, sum -> sum / m);
    Doubles.store(mean, means);
    Doubles.store(variance, variances);
  }

  static void moveStatistics(
      Tensor runningMean,
      Tensor runningVariance,
      Tensor mean,
      Tensor variance,
      double momentum,
      int m) {
    move(runningMean, mean, momentum, 1);
    move(runningVariance, variance, momentum, m / (m - 1.0));
  }

  private static void move(Tensor running, Tensor batch, double momentum, double unbiased) {
    double[] r = Doubles.of(running);
    double[] b = Doubles.of(batch);
    for (int i = 0; i < r.length; i++) {
      r[i] = (1 - momentum) * r[i] + momentum * (b[i] * unbiased);
    }
    Doubles.store(running, r);
  }

  static void normalize(Tensor y, Tensor x, Tensor mean, Tensor variance, double eps) {
    Doubles.store(y, normalized(x, mean, variance, eps));
  }

  static void normalizeBackward(
      Tensor gx, Tensor gy, Tensor x, Tensor mean, Tensor variance, double eps) {
    double[] g = Doubles.of(gy);
    double[] xHat = normalized(x, mean, variance, eps);
    double[] v = Doubles.of(variance);
    int c = x.axis(-1);
    double m = x.shape().rows();
    double[] gSum = ReferenceReductions.columnSums(g, c);
    double[] gxHatSum =
        ReferenceReductions.columnSums(ReferenceElements.each(g, xHat, (a, b) -> a * b), c);
    double[] out = new double[g.length];
    for (int i = 0; i < g.length; i++) {
      int j = i % c;
      double centred = g[i] - gSum[j] / m - xHat[i] * (gxHatSum[j] / m);
      out[i] = centred / Math.sqrt(v[j] + eps);
    }
    Doubles.store(gx, out);
  }

  private static double[] normalized(Tensor x, Tensor mean, Tensor variance, double eps) {
    double[] values = Doubles.of(x);
    double[] means = Doubles.of(mean);
    double[] v = Doubles.of(variance);
    int c = x.axis(-1);
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - means[i % c]) / Math.sqrt(v[i % c] + eps);
    }
    return values;
  }
}
