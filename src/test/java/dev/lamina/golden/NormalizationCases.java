package dev.lamina.golden;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;

/// How the `op_bn*` cases are computed by the kernels: training batches, then evaluation of the
/// first.
final class NormalizationCases {
  private final GoldenCase c;
  private final Kernels k;
  private final double eps;
  private final Tensor runningMean;
  private final Tensor runningVariance;

  private NormalizationCases(GoldenCase c) {
    this.c = c;
    this.k = c.kernels();
    this.eps = c.params().number("eps");
    this.runningMean = c.in("rm");
    this.runningVariance = c.in("rv");
  }

  static void threeBatches(GoldenCase c) {
    NormalizationCases cases = new NormalizationCases(c);
    Tensor x = c.in("x");
    Tensor gy = c.in("gy");
    int steps = x.axis(0);
    for (int step = 0; step < steps; step++) {
      cases.train(batch(x, step), batch(gy, step), "." + (step + 1));
    }
    cases.evaluate(batch(x, 0), batch(gy, 0));
  }

  static void constantChannel(GoldenCase c) {
    new NormalizationCases(c).train(c.map("x"), c.map("gy"), "");
  }

  private static Tensor batch(Tensor steps, int step) {
    return GoldenCase.channelsLast(steps.rows(step, step + 1).reshape(steps.shape().sample()));
  }

  private void train(Tensor x, Tensor gy, String suffix) {
    Tensor mean = c.zeros(x.axis(-1));
    Tensor variance = c.zeros(x.axis(-1));
    k.moments(mean, variance, x);
    double momentum = c.params().number("momentum");
    k.moveStatistics(runningMean, runningVariance, mean, variance, momentum, x.shape().rows());
    Tensor xHat = c.zeros(x.shape().axes());
    k.normalize(xHat, x, mean, variance, eps);
    Tensor h = scaled(gy);
    Tensor gx = c.zeros(x.shape().axes());
    k.normalizeBackward(gx, h, x, mean, variance, eps);
    check(xHat, gx, gy, suffix);
    c.check("rm" + suffix, runningMean);
    c.check("rv" + suffix, runningVariance);
  }

  private void evaluate(Tensor x, Tensor gy) {
    Tensor xHat = c.zeros(x.shape().axes());
    k.normalize(xHat, x, runningMean, runningVariance, eps);
    Tensor gx = c.zeros(x.shape().axes());
    k.normalize(gx, scaled(gy), c.zeros(x.axis(-1)), runningVariance, eps);
    check(xHat, gx, gy, "_eval");
  }

  private void check(Tensor xHat, Tensor gx, Tensor gy, String suffix) {
    Tensor y = scaled(xHat);
    if (c.hasIn("gamma")) {
      k.combineColumns(y, y, c.in("beta"), Operation.ADD);
      Tensor products = c.zeros(gy.shape().axes());
      k.combine(products, gy, xHat, Operation.MULTIPLY);
      Tensor sums = c.zeros(gy.axis(-1));
      k.columnSums(sums, products);
      c.check("gg" + suffix, sums);
      k.columnSums(sums, gy);
      c.check("gb" + suffix, sums);
    }
    c.checkMap("y" + suffix, y);
    c.checkMap("gx" + suffix, gx);
  }

  /// Times γ, where the case has one.
  private Tensor scaled(Tensor t) {
    Tensor out = t.copy();
    if (c.hasIn("gamma")) {
      k.combineColumns(out, t, c.in("gamma"), Operation.MULTIPLY);
    }
    return out;
  }
}
