package dev.lamina.measure;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;

/// The Gaussian kernel.
///
/// ```
/// K_ij = exp(-D_ij / 2s²),   D_ij = ‖z_i - z_j‖²
/// s² = σ² d   scaled: σ is a width per feature        s² = σ²   unscaled
///
/// S = G ∘ K           dL/dZ = -(2 / s²) (diag(S 1) - S) Z
/// ```
///
/// The form less one holds `K - 1 = expm1(-D / 2s²)`: where all samples are close, `K` is 1 up to
/// some thousandths, and what a measure centres would be the difference of nearly equal numbers.
///
/// Source: `specs/hsic-bottleneck.md`, 2.1, 2.2 and 5; `specs/phsic.md`, 3 (`gaussian`).
public final class Gaussian implements Similarity {
  private enum Form {
    SCALED,
    UNSCALED,
    LESS_ONE
  }

  private final Kernels kernels;
  private final Form form;
  private final double sigma;
  private final Samples samples;
  private final Scratch coefficients;
  private final Scratch sums;

  private Gaussian(Kernels kernels, int capacity, double sigma, Form form) {
    if (!(sigma > 0)) {
      throw new LaminaException("the width sigma of a Gaussian kernel must be above 0: " + sigma);
    }
    this.kernels = kernels;
    this.form = form;
    this.sigma = sigma;
    this.samples = new Samples(kernels, capacity);
    this.coefficients = Scratch.square(DType.F64, capacity);
    this.sums = Scratch.vector(capacity);
  }

  /// `exp(-D / 2σ²d)`, d the number of features: what the HSIC bottleneck uses.
  ///
  /// @throws LaminaException unless `sigma` is above 0
  public static Gaussian scaled(Kernels kernels, int capacity, double sigma) {
    return new Gaussian(kernels, capacity, sigma, Form.SCALED);
  }

  /// `exp(-D / 2σ²)`.
  ///
  /// @throws LaminaException unless `sigma` is above 0
  public static Gaussian unscaled(Kernels kernels, int capacity, double sigma) {
    return new Gaussian(kernels, capacity, sigma, Form.UNSCALED);
  }

  /// `exp(-D / 2σ²) - 1`: for measures that centre, which cannot tell it from the unscaled form.
  ///
  /// @throws LaminaException unless `sigma` is above 0
  public static Gaussian lessOne(Kernels kernels, int capacity, double sigma) {
    return new Gaussian(kernels, capacity, sigma, Form.LESS_ONE);
  }

  private double squaredWidth(Tensor z) {
    return sigma * sigma * (form == Form.SCALED ? Rows.features(z) : 1);
  }

  @Override
  public void matrix(Tensor k, Tensor z) {
    samples.gram(k, z);
    kernels.matrices().squaredDistances(k, k);
    kernels.affine(k, k, -0.5 / squaredWidth(z), 0);
    kernels.map(k, k, form == Form.LESS_ONE ? Function.EXPM1 : Function.EXP);
  }

  @Override
  public void gradient(Tensor dz, Tensor g, Tensor k, Tensor z) {
    Tensor s = coefficients.of(z.axis(0));
    Tensor rowSums = sums.of(z.axis(0));
    kernels.combine(s, g, k, Operation.MULTIPLY);
    if (form == Form.LESS_ONE) {
      kernels.addScaled(s, 1, g);
    }
    kernels.reduce(rowSums, Reduction.SUM, s, 1);
    kernels.matrices().addDiagonal(s, -1, rowSums);
    kernels.affine(s, s, 2 / squaredWidth(z), 0);
    samples.multiply(dz, s, z);
  }
}
