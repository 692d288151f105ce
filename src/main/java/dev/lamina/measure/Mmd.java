package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.OptionalDouble;

/// Maximum mean discrepancy: how far apart two sets of samples are, or a joint distribution from
/// the product of its margins. Unscaled Gaussian kernels.
///
/// ```
/// MMD(X, Y)   = mean K_xx + mean K_yy - 2 mean K_xy
/// joint(X, Y) = mean(K_x ∘ K_y) - 2 mean_j(k_x,j k_y,j) + mean(K_x) mean(K_y),  k_j the column means
/// ```
///
/// `joint` is HSIC. Without a width each kernel takes that of `MedianWidth.original`, the cross
/// kernel that of both sets together.
///
/// Source: Gretton et al. 2012; `specs/hsic-bottleneck.md`, 3.4.
public final class Mmd {
  private final Kernels kernels;
  private final OptionalDouble sigma;

  private Mmd(Kernels kernels, OptionalDouble sigma) {
    this.kernels = kernels;
    this.sigma = sigma;
  }

  /// With one width for all kernels.
  public Mmd(Kernels kernels, double sigma) {
    this(kernels, OptionalDouble.of(sigma));
  }

  /// With estimated widths.
  public static Mmd estimated(Kernels kernels) {
    return new Mmd(kernels, OptionalDouble.empty());
  }

  /// The discrepancy of two sets of samples `[m, d]` and `[n, d]`.
  public static double of(Tensor x, Tensor y, double sigma) {
    return new Mmd(DefaultKernels.get(), sigma).value(x, y);
  }

  /// The discrepancy of two sets of samples `[m, d]` and `[n, d]`.
  public double value(Tensor x, Tensor y) {
    return value(x, y, 2);
  }

  /// The same as the HSIC bottleneck's program has it, whose cross kernel is `exp(-D/σ²)`.
  public double original(Tensor x, Tensor y) {
    return value(x, y, 1);
  }

  private double value(Tensor x, Tensor y, double crossFactor) {
    double width = sigma.orElseGet(() -> MedianWidth.original(kernels, PairKernel.joined(x, y)));
    PairKernel cross = new PairKernel(kernels, 1 / (crossFactor * width * width));
    return mean(matrix(x)) + mean(matrix(y)) - 2 * mean(cross.matrix(x, y));
  }

  /// The discrepancy of the joint samples `[m, ..]`, `[m, ..]` from independent ones.
  public double joint(Tensor x, Tensor y) {
    Tensor kx = matrix(x);
    Tensor ky = matrix(y);
    Tensor ofX = columnMeans(kx);
    Tensor ofY = columnMeans(ky);
    kernels.combine(ofX, ofX, ofY, Operation.MULTIPLY);
    double together = mean(kx) * mean(ky) - 2 * mean(ofX);
    kernels.combine(kx, kx, ky, Operation.MULTIPLY);
    return mean(kx) + together;
  }

  private Tensor matrix(Tensor z) {
    int m = z.axis(0);
    double width = sigma.orElseGet(() -> MedianWidth.original(kernels, z));
    Tensor k = Tensor.zeros(DType.F64, Shape.of(m, m));
    Gaussian.unscaled(kernels, m, width).matrix(k, z);
    return k;
  }

  private Tensor columnMeans(Tensor k) {
    Tensor means = Tensor.zeros(DType.F64, k.axis(1));
    kernels.reduce(means, Reduction.MEAN, k, 0);
    return means;
  }

  private double mean(Tensor k) {
    Tensor mean = Tensor.zeros(DType.F64, 1);
    kernels.reduce(mean, Reduction.MEAN, k.reshape(k.size()), 0);
    return mean.get(0);
  }
}
