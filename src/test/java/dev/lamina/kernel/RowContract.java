package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Softmax, cross-entropy and selection.
interface RowContract {
  double[] SCALES = {1, -2, 12.5};
  int[] ROWS = {0, 1, 3, 20};

  /// The largest difference of two inputs of a row.
  double SPAN = 12;

  Comparison compare();

  @Test
  default void softmaxAndItsGradient() {
    for (int n : compare().sizes().lengths()) {
      for (int rows : ROWS) {
        for (double scale : SCALES) {
          compare()
              .check(
                  "softmax %d x %d, scale %s".formatted(rows, n, scale),
                  side -> softmax(side, side.in(rows, n), scale));
        }
      }
    }
  }

  private static void softmax(Side side, Tensor x, double scale) {
    int[] axes = x.shape().axes();
    Tolerance share = Tolerance.exponential(Math.abs(scale) * SPAN, axes[1]);
    Tensor y = side.out(share, axes);
    side.kernels().softmax(y, x, scale);
    Tensor s = side.compare(share, side.in(axes));
    side.kernels().softmax(s, s, scale);
    Tensor gy = side.in(axes);
    Tolerance gradient = Tolerance.steps((int) (4 + Math.abs(scale) * (share.relative() + 8)));
    side.kernels().softmaxBackward(side.out(gradient, axes), gy, y, scale);
    side.kernels().softmaxBackward(side.compare(gradient, gy), gy, y, scale);
  }

  @Test
  default void logSoftmaxAndItsGradient() {
    for (int n : compare().sizes().lengths()) {
      for (int rows : ROWS) {
        compare()
            .check(
                "logSoftmax %d x %d".formatted(rows, n),
                side -> logSoftmax(side, side.in(rows, n)));
      }
    }
  }

  private static void logSoftmax(Side side, Tensor x) {
    int[] axes = x.shape().axes();
    Tolerance share = Tolerance.exponential(SPAN, axes[1]);
    Tolerance log = Tolerance.steps(8).and(new Tolerance(0, share.relative()));
    Tensor y = side.out(log, axes);
    side.kernels().logSoftmax(y, x);
    side.kernels().logSoftmax(side.compare(log, x), x);
    Tensor gy = side.in(axes);
    // exp(y) is at most 1 and meets Σ gy, of size 4 √n at most, with its own error.
    double sum = 4 * Math.sqrt(axes[1] + 1.0);
    Tolerance gradient = Tolerance.sum(axes[1]).and(new Tolerance(0, sum * 2 * log.absolute()));
    side.kernels().logSoftmaxBackward(side.out(gradient, axes), gy, y);
    side.kernels().logSoftmaxBackward(side.compare(gradient, gy), gy, y);
  }

  @Test
  default void softmaxStandsLargeNumbers() {
    compare()
        .check(
            "softmax of large numbers",
            side -> {
              Tensor x = side.of(new double[] {1e4, 9999, -1e30, 1e4, -3e38, -3e38, 0, 88}, 4, 2);
              Tolerance share = Tolerance.exponential(2, 2);
              side.kernels().softmax(side.out(share, 4, 2), x, 1);
              side.kernels().logSoftmax(side.out(Tolerance.ulps(8).and(share), 4, 2), x);
            });
  }

  @Test
  default void softmaxRowsSumToOne() {
    for (int n : compare().sizes().from(1)) {
      Side side = new Side(compare().kernels(), DType.F32, DType.F32, n);
      Tensor y = side.out(Tolerance.EXACT, 3, n);
      compare().kernels().softmax(y, side.in(3, n), 1);
      for (int row = 0; row < 3; row++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += y.get(row * n + i);
        }
        assertEquals(1, sum, Tolerance.exponential(1, n).bound(DType.F32, 1), "row of " + n);
      }
    }
  }

  @Test
  default void crossEntropyWithItsGradientAndItsCount() {
    for (int n : new int[] {1, 2, 7, 64, 65}) {
      for (int classes : new int[] {1, 2, 3, 5, 10, 17, 33, 100}) {
        for (double smoothing : new double[] {0, 0.1}) {
          String what = "crossEntropy %d x %d, smoothing %s".formatted(n, classes, smoothing);
          compare().check(what, side -> crossEntropy(side, side.in(n, classes), smoothing));
          compare()
              .check(what + ", ties", side -> crossEntropy(side, side.ties(n, classes), smoothing));
        }
      }
    }
  }

  private static void crossEntropy(Side side, Tensor z, double smoothing) {
    int n = z.axis(0);
    Tolerance share = Tolerance.exponential(SPAN, z.axis(1));
    Tolerance loss = Tolerance.mean(n).and(new Tolerance(0, share.relative() + 48));
    Tensor figures = side.out(loss, 2);
    Tensor gz = side.out(Tolerance.steps(2).and(share).and(new Tolerance(0, 4)), n, z.axis(1));
    side.kernels().crossEntropy(figures, gz, z, side.labels(z.axis(1), n), smoothing);
  }

  @Test
  default void choosesTheLowestOfEquals() {
    for (int n : compare().sizes().from(1)) {
      for (int rows : ROWS) {
        compare()
            .check(
                "argmax %d x %d".formatted(rows, n),
                side -> {
                  side.kernels().argmax(side.positions(rows), side.ties(rows, n));
                  side.kernels().argmax(side.positions(rows), side.in(rows, n));
                });
        for (int k : new int[] {0, 1, 3, n}) {
          int most = Math.min(k, n);
          compare().check("top %d of %d x %d".formatted(k, rows, n), s -> topK(s, rows, n, most));
        }
      }
    }
  }

  private static void topK(Side side, int rows, int n, int k) {
    Tensor first = side.out(Tolerance.EXACT, rows, k);
    side.kernels().topK(first, side.positions(rows, k), side.ties(rows, n));
    Tensor second = side.out(Tolerance.EXACT, rows, k);
    side.kernels().topK(second, side.positions(rows, k), side.in(rows, n));
  }

  @Test
  default void makesOneHotRows() {
    for (int classes : new int[] {1, 2, 10, 17, 100}) {
      compare()
          .check(
              "oneHot " + classes,
              side -> {
                Tensor y = side.out(Tolerance.EXACT, 9, classes);
                side.kernels().oneHot(y, side.labels(classes, 9));
              });
    }
  }
}
