package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// Softmax, its losses, and the selection of elements, row by row (`specs/operations.md`, section
/// 5, and section 10).
final class ReferenceRows {
  private ReferenceRows() {}

  static void softmax(Tensor y, Tensor x, double scale) {
    double[] values = Doubles.of(x);
    ReferenceElements.each(values, v -> scale * v);
    int length = x.axis(-1);
    for (int row = 0; row < values.length; row += length) {
      softmaxRow(values, row, length);
    }
    Doubles.store(y, values);
  }

  private static void softmaxRow(double[] values, int row, int length) {
    double max = max(values, row, length);
    double sum = 0;
    for (int i = row; i < row + length; i++) {
      values[i] = StrictMath.exp(values[i] - max);
      sum += values[i];
    }
    for (int i = row; i < row + length; i++) {
      values[i] /= sum;
    }
  }

  static void softmaxBackward(Tensor gx, Tensor gy, Tensor y, double scale) {
    double[] g = Doubles.of(gy);
    double[] s = Doubles.of(y);
    int length = y.axis(-1);
    for (int row = 0; row < g.length; row += length) {
      double sum = 0;
      for (int i = row; i < row + length; i++) {
        sum += g[i] * s[i];
      }
      for (int i = row; i < row + length; i++) {
        g[i] = scale * s[i] * (g[i] - sum);
      }
    }
    Doubles.store(gx, g);
  }

  static void logSoftmax(Tensor y, Tensor x) {
    Doubles.store(y, logSoftmax(x));
  }

  private static double[] logSoftmax(Tensor x) {
    double[] values = Doubles.of(x);
    int length = x.axis(-1);
    for (int row = 0; row < values.length; row += length) {
      double max = max(values, row, length);
      double sum = 0;
      for (int i = row; i < row + length; i++) {
        sum += StrictMath.exp(values[i] - max);
      }
      for (int i = row; i < row + length; i++) {
        values[i] = values[i] - max - StrictMath.log(sum);
      }
    }
    return values;
  }

  static void logSoftmaxBackward(Tensor gx, Tensor gy, Tensor y) {
    double[] g = Doubles.of(gy);
    double[] logs = Doubles.of(y);
    int length = y.axis(-1);
    for (int row = 0; row < g.length; row += length) {
      double sum = 0;
      for (int i = row; i < row + length; i++) {
        sum += g[i];
      }
      for (int i = row; i < row + length; i++) {
        g[i] -= StrictMath.exp(logs[i]) * sum;
      }
    }
    Doubles.store(gx, g);
  }

  static void crossEntropy(Tensor figures, Tensor gz, Tensor z, Tensor labels, double smoothing) {
    double[] scores = Doubles.of(z);
    double[] logs = logSoftmax(z);
    double[] g = new double[logs.length];
    int rows = z.axis(0);
    int classes = z.axis(1);
    double loss = 0;
    double right = 0;
    for (int row = 0; row < rows; row++) {
      int label = (int) labels.get(row);
      for (int k = 0; k < classes; k++) {
        int i = row * classes + k;
        double q = (k == label ? 1 - smoothing : 0) + smoothing / classes;
        loss -= q == 0 ? 0 : q * logs[i];
        g[i] = (StrictMath.exp(logs[i]) - q) / rows;
      }
      right += argmax(scores, row * classes, classes) == label ? 1 : 0;
    }
    Doubles.store(gz, g);
    Doubles.store(figures, new double[] {loss / rows, right});
  }

  static void argmax(Tensor at, Tensor x) {
    double[] values = Doubles.of(x);
    int length = x.axis(-1);
    for (int row = 0; row < at.size(); row++) {
      at.set(row, argmax(values, row * length, length));
    }
  }

  /// Position in the row of its largest element, the lowest among equals.
  static int argmax(double[] values, int row, int length) {
    int best = 0;
    for (int i = 1; i < length; i++) {
      if (values[row + i] > values[row + best]) {
        best = i;
      }
    }
    return best;
  }

  static void topK(Tensor values, Tensor at, Tensor x) {
    double[] from = Doubles.of(x);
    int length = x.axis(-1);
    int k = values.axis(-1);
    for (int row = 0; row < x.shape().rows(); row++) {
      int[] order = descending(from, row * length, length);
      for (int i = 0; i < k; i++) {
        values.set(row * k + i, from[row * length + order[i]]);
        at.set(row * k + i, order[i]);
      }
    }
  }

  /// The positions of a row from its largest element to its smallest, among equals the lower first.
  static int[] descending(double[] values, int row, int length) {
    Integer[] order = new Integer[length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (i, j) -> compare(values[row + j], values[row + i]));
    return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
  }

  /// Numeric order, in which both zeros are equal.
  private static int compare(double a, double b) {
    return Double.compare(a + 0.0, b + 0.0);
  }

  static void oneHot(Tensor y, Tensor labels) {
    double[] out = new double[y.size()];
    for (int row = 0; row < labels.size(); row++) {
      out[row * y.axis(1) + (int) labels.get(row)] = 1;
    }
    Doubles.store(y, out);
  }

  private static double max(double[] values, int row, int length) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = row; i < row + length; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }
}
