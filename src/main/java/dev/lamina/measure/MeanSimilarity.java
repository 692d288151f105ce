package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The mean similarity of a set of samples to itself, `mean K_x`, under an unscaled Gaussian.
///
/// The HSIC bottleneck's program calls it `distcorr`; a distance correlation it is not.
///
/// Source: `specs/hsic-bottleneck.md`, 3.4.
public final class MeanSimilarity {
  private MeanSimilarity() {}

  /// The mean of all similarities of `x` `[m, ..]`, in (0, 1].
  public static double of(Tensor x, double sigma) {
    return of(DefaultKernels.get(), x, sigma);
  }

  /// The same on chosen kernels.
  public static double of(Kernels kernels, Tensor x, double sigma) {
    int m = x.axis(0);
    Tensor k = Tensor.zeros(DType.F64, Shape.of(m, m));
    Tensor mean = Tensor.zeros(DType.F64, 1);
    Gaussian.unscaled(kernels, m, sigma).matrix(k, x);
    kernels.reduce(mean, Reduction.MEAN, k.reshape(k.size()), 0);
    return mean.get(0);
  }
}
