package dev.lamina.kernel.reference;

import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/// Reductions and running sums along one axis (`specs/operations.md`, section 10).
final class ReferenceReductions {
  private ReferenceReductions() {}

  static void reduce(Tensor out, Reduction op, Tensor x, int axis) {
    double[] values = Doubles.of(x);
    int[] axes = x.shape().axes();
    int at = axis < 0 ? axes.length + axis : axis;
    int length = axes[at];
    int inner = x.shape().span(at + 1, axes.length);
    double[] line = new double[length];
    double[] results = new double[out.size()];
    for (int i = 0; i < results.length; i++) {
      for (int k = 0; k < length; k++) {
        line[k] = values[(i / inner * length + k) * inner + i % inner];
      }
      results[i] = reduce(op, line);
    }
    Doubles.store(out, results);
  }

  private static double reduce(Reduction op, double[] line) {
    int m = line.length;
    return switch (op) {
      case SUM -> sum(line);
      case MEAN -> sum(line) / m;
      case VARIANCE -> squares(line) / m;
      case UNBIASED_VARIANCE -> squares(line) / (m - 1);
      case UNBIASED_DEVIATION -> Math.sqrt(squares(line) / (m - 1));
      case MAX -> max(line);
      case MIN -> -max(Arrays.stream(line).map(v -> -v).toArray());
      case ABSOLUTE_MAX -> max(Arrays.stream(line).map(Math::abs).toArray());
      case ARGMAX -> ReferenceRows.argmax(line, 0, m);
      case ARGMIN -> ReferenceRows.argmax(Arrays.stream(line).map(v -> -v).toArray(), 0, m);
      case NORM_1 -> sum(Arrays.stream(line).map(Math::abs).toArray());
      case NORM_2 -> Math.sqrt(sum(Arrays.stream(line).map(v -> v * v).toArray()));
      case NORM_3 ->
          StrictMath.cbrt(sum(Arrays.stream(line).map(v -> Math.abs(v * v * v)).toArray()));
      case LOG_SUM_EXP -> logSumExp(line);
      case PRODUCT -> DoubleStream.of(line).reduce(1, (a, b) -> a * b);
    };
  }

  /// Plain left-to-right sum; `DoubleStream.sum` promises no order.
  private static double sum(double[] line) {
    double sum = 0;
    for (double v : line) {
      sum += v;
    }
    return sum;
  }

  /// Sum of squared distances to the mean.
  private static double squares(double[] line) {
    double mean = sum(line) / line.length;
    return sum(Arrays.stream(line).map(v -> (v - mean) * (v - mean)).toArray());
  }

  private static double max(double[] line) {
    double max = Double.NEGATIVE_INFINITY;
    for (double v : line) {
      max = Math.max(max, v);
    }
    return max;
  }

  /// The maximum is subtracted first; a line of -∞ gives -∞.
  private static double logSumExp(double[] line) {
    double max = max(line);
    if (Double.isInfinite(max)) {
      return max;
    }
    return max
        + StrictMath.log(sum(Arrays.stream(line).map(v -> StrictMath.exp(v - max)).toArray()));
  }

  static void columnSums(Tensor out, Tensor x) {
    Doubles.store(out, columnSums(Doubles.of(x), x.axis(-1)));
  }

  /// The sum of each of `c` interleaved channels.
  static double[] columnSums(double[] values, int c) {
    double[] sums = new double[c];
    for (int i = 0; i < values.length; i++) {
      sums[i % c] += values[i];
    }
    return sums;
  }

  static void cumulativeSum(Tensor y, Tensor x, int axis) {
    double[] values = Doubles.of(x);
    int rank = x.shape().rank();
    int at = axis < 0 ? rank + axis : axis;
    int inner = x.shape().span(at + 1, rank);
    int length = x.axis(at);
    for (int i = 0; i < values.length; i++) {
      boolean isFirst = i / inner % length == 0;
      values[i] += isFirst ? 0 : values[i - inner];
    }
    Doubles.store(y, values);
  }
}
