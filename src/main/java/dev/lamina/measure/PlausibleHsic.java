package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// pHSIC, the "plausible" HSIC: centres by one number, the mean of all entries.
///
/// ```
/// pHSIC(A, B) = mean(A° ∘ B) = mean(A ∘ B) - mean(A) mean(B),   A° = A - mean(A)
/// dpHSIC/dB   = A° / m²
/// ```
///
/// `pHSIC(K, K)` is the variance of the entries of K. It equals HSIC where one of the kernels has
/// zero row means.
///
/// Source: Pogodin and Latham 2020; `specs/phsic.md`, 2 (`plausible`).
public final class PlausibleHsic implements Dependence {
  private final Kernels kernels;
  private final Scratch rowMeans;
  private final Tensor mean = Tensor.zeros(DType.F64, 1);

  /// pHSIC of batches of up to `capacity` samples.
  public PlausibleHsic(Kernels kernels, int capacity) {
    this.kernels = kernels;
    this.rowMeans = Scratch.vector(capacity);
  }

  /// pHSIC of two sets of samples under cosine similarity.
  ///
  /// - `x`, `y` F32 or F64 `[m, ..]`
  public static double of(Tensor x, Tensor y) {
    Kernels kernels = DefaultKernels.get();
    int m = x.axis(0);
    Pair pair = Pair.of(new Cosine(kernels, m), x, y);
    PlausibleHsic hsic = new PlausibleHsic(kernels, m);
    Tensor out = Tensor.zeros(DType.F64, 1);
    hsic.center(pair.x(), pair.x());
    hsic.value(out, pair.x(), pair.y());
    return out.get(0);
  }

  @Override
  public void center(Tensor y, Tensor x) {
    Tensor means = rowMeans.of(x.axis(0));
    kernels.reduce(means, Reduction.MEAN, x, 1);
    kernels.reduce(mean, Reduction.MEAN, means, 0);
    kernels.combineColumns(y, x, mean, Operation.SUBTRACT);
  }

  @Override
  public void value(Tensor out, Tensor centered, Tensor b) {
    double m = b.axis(0);
    kernels.matrices().dot(out, centered, b);
    kernels.affine(out, out, 1 / (m * m), 0);
  }
}
