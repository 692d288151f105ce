package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Batch statistics, normalisation and its gradient.
interface NormalizationContract {
  /// Rows and channels.
  int[][] BATCHES = {
    {1, 1}, {2, 3}, {5, 1}, {7, 17}, {16, 16}, {33, 2}, {64, 3}, {129, 5}, {1000, 1}, {513, 3},
    {260, 96}, {3, 130}, {4, 0}
  };

  double EPS = 1e-5;

  Comparison compare();

  @Test
  default void takesMomentsByTwoPasses() {
    for (int[] b : BATCHES) {
      compare().check("moments " + name(b), side -> moments(side, b, 0));
      // The plain formula E[x²] - E[x]² would lose all digits of F32 here.
      compare().check("moments far from 0 " + name(b), side -> moments(side, b, 4096));
    }
  }

  /// `far` is added to the inputs: an error of the mean by `u far` is allowed, and moves the
  /// variance by its square; that of the distances by `u far` once more.
  private static void moments(Side side, int[] b, double far) {
    Tensor x = side.in(b);
    for (int i = 0; i < x.size(); i++) {
      x.set(i, Math.rint(64 * x.get(i)) / 64 + far);
    }
    Tolerance mean = Tolerance.mean(b[0]).and(new Tolerance(4, 0));
    Tolerance variance = Tolerance.mean(b[0]).and(new Tolerance(0, 16 * (far + 1)));
    Tensor m = side.out(mean.times(1 + far), b[1]);
    side.kernels().moments(m, side.out(variance, b[1]), x);
  }

  @Test
  default void addsUpColumns() {
    for (int[] b : BATCHES) {
      compare()
          .check(
              "columnSums " + name(b),
              side -> side.kernels().columnSums(side.out(Tolerance.sum(b[0]), b[1]), side.in(b)));
    }
    compare()
        .check(
            "columnSums of nothing",
            side -> side.kernels().columnSums(side.out(Tolerance.EXACT, 5), side.in(0, 5)));
  }

  @Test
  default void movesRunningStatistics() {
    for (int c : new int[] {0, 1, 3, 17, 96}) {
      compare()
          .check(
              "moveStatistics " + c,
              side -> {
                Tensor mean = side.inOut(Tolerance.steps(4), c);
                Tensor variance = side.compare(Tolerance.steps(6), side.positive(c));
                side.kernels()
                    .moveStatistics(mean, variance, side.in(c), side.positive(c), 0.1, 12);
              });
    }
  }

  @Test
  default void normalizes() {
    for (int[] b : BATCHES) {
      compare()
          .check(
              "normalize " + name(b),
              side -> {
                Tensor x = side.in(b);
                Tensor mean = side.in(b[1]);
                Tensor variance = side.positive(b[1]);
                side.kernels().normalize(side.out(Tolerance.steps(6), b), x, mean, variance, EPS);
                side.kernels()
                    .normalize(side.compare(Tolerance.steps(6), x), x, mean, variance, EPS);
              });
    }
  }

  @Test
  default void sendsTheGradientOfNormalizationBack() {
    for (int[] b : BATCHES) {
      // x̂ is up to 17 where the variance is one half, and meets a mean of products with x̂.
      Tolerance tolerance = Tolerance.steps(12).and(Tolerance.mean(b[0]).times(17 * 17));
      compare()
          .check(
              "normalizeBackward " + name(b),
              side -> {
                Tensor gy = side.in(b);
                Tensor x = side.in(b);
                Tensor mean = side.in(b[1]);
                Tensor variance = side.positive(b[1]);
                side.kernels()
                    .normalizeBackward(side.out(tolerance, b), gy, x, mean, variance, EPS);
                side.kernels()
                    .normalizeBackward(side.compare(tolerance, gy), gy, x, mean, variance, EPS);
              });
    }
  }

  private static String name(int[] b) {
    return b[0] + " rows of " + b[1];
  }
}
