package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// The Hilbert-Schmidt independence criterion: centres rows and columns.
///
/// ```
/// HSIC(A, B) = tr(A H B H) / m²,   H = I - 1 1ᵀ/m        dHSIC/dB = H A H / m²
/// ```
///
/// Never negative for positive semi-definite kernels, 0 where one of them is constant. Gretton's
/// and the HSIC bottleneck's papers divide by (m - 1)² instead.
///
/// Source: Gretton et al. 2005; `specs/hsic-bottleneck.md`, 3.1; `specs/phsic.md`, 2 (`biased`).
public final class Hsic implements Dependence {
  private final Kernels kernels;
  private final boolean dividesByDegrees;

  private Hsic(Kernels kernels, boolean dividesByDegrees) {
    this.kernels = kernels;
    this.dividesByDegrees = dividesByDegrees;
  }

  /// HSIC divided by m²: what the published programs compute.
  public Hsic(Kernels kernels) {
    this(kernels, false);
  }

  /// HSIC divided by (m - 1)², as the papers write it (`hsic_paper`); its value is 0 for m = 1.
  public static Hsic ofPapers(Kernels kernels) {
    return new Hsic(kernels, true);
  }

  /// HSIC of two sets of samples under Gaussian kernels of width `sigma` per feature.
  ///
  /// - `x`, `y` F32 or F64 `[m, ..]`
  public static double of(Tensor x, Tensor y, double sigma) {
    Kernels kernels = DefaultKernels.get();
    int m = x.axis(0);
    Gaussian gaussian = Gaussian.scaled(kernels, m, sigma);
    Pair pair = Pair.of(gaussian, x, y);
    Hsic hsic = new Hsic(kernels);
    Tensor out = Tensor.zeros(DType.F64, 1);
    hsic.center(pair.x(), pair.x());
    hsic.value(out, pair.x(), pair.y());
    return out.get(0);
  }

  @Override
  public void center(Tensor y, Tensor x) {
    kernels.matrices().center(y, x);
  }

  @Override
  public void value(Tensor out, Tensor centered, Tensor b) {
    double m = b.axis(0);
    double divisor = dividesByDegrees ? Math.max(1, m - 1) : m;
    kernels.matrices().dot(out, centered, b);
    kernels.affine(out, out, 1 / (divisor * divisor), 0);
  }
}
