package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// The width of an unscaled Gaussian kernel, estimated from the distances of a batch.
///
/// | | of | floor |
/// |---|---|---|
/// | `of` | the square root of the median squared distance of distinct pairs | |
/// | `original` | the median **squared** distance, pairs of the doubled sample; the mean if that is 0 | 0.01 |
///
/// The original takes a squared distance for a width and counts each sample twice, so that a
/// distance of 0 enters m times. A constant for gradients. Sorts all pairs: not for hot paths.
///
/// Source: `specs/hsic-bottleneck.md`, 2.5 and trap 5.
public final class MedianWidth {
  private static final double FLOOR = 0.01;

  private MedianWidth() {}

  /// The usual rule: `√median(D_ij)`, i ≠ j; `z` `[m, ..]`, m ≥ 2.
  public static double of(Kernels kernels, Tensor z) {
    return Math.sqrt(median(pairs(kernels, z)));
  }

  /// The rule of the HSIC bottleneck's program (`median-original`); `z` `[m, ..]`.
  public static double original(Kernels kernels, Tensor z) {
    double[] pairs = pairs(kernels, z);
    double[] all = new double[4 * pairs.length + z.axis(0)];
    double sum = 0;
    for (int i = 0; i < 4 * pairs.length; i++) {
      all[i] = pairs[i / 4];
      sum += all[i];
    }
    double median = median(all);
    return Math.max(FLOOR, median > 0 ? median : sum / all.length);
  }

  /// The squared distances of distinct pairs.
  private static double[] pairs(Kernels kernels, Tensor z) {
    int m = z.axis(0);
    Tensor d = Tensor.zeros(DType.F64, Shape.of(m, m));
    new Samples(kernels, m).gram(d, z);
    kernels.matrices().squaredDistances(d, d);
    double[] pairs = new double[m * (m - 1) / 2];
    int count = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < i; j++) {
        pairs[count++] = d.get(i * m + j);
      }
    }
    return pairs;
  }

  /// The mean of the middle two where there is no middle one.
  private static double median(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no width of fewer than two samples");
    }
    Arrays.sort(values);
    int half = values.length / 2;
    return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
  }
}
