package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;

/// nHSIC: HSIC with each kernel matrix divided by itself, up to a ridge.
///
/// ```
/// K̄ = H K H,   λ = m ε,   A = (K̄ + λI)⁻¹,   R = K̄ A = I - λA
///
/// nHSIC(Z, X) = tr(R_z R_x)
/// d tr(R_z M) / dK_z = λ H A M A H        for any symmetric M with M 1 = 0
/// ```
///
/// At least 0, below m - 1, and below classes - 1 against one-hot labels; not in [0, 1]. A batch
/// constant such as `M = R_x - β R_y` costs one gradient for both terms. `K̄ + λI` is symmetric and
/// positive definite: one Cholesky factor and its inverse, where the original inverts two matrices.
///
/// One object serves one Z at a time: `gradient` belongs to the matrix that was last normalised.
///
/// Source: Ma, Lewis and Kleijn 2020; Fukumizu et al. 2007; `specs/hsic-bottleneck.md`, 4 and 5.
public final class NormalizedHsic {
  /// ε of every published run.
  public static final double EPSILON = 1e-5;

  private final Kernels kernels;
  private final MatrixKernels matrices;
  private final double epsilon;
  private final Scratch inverses;
  private final Scratch products;
  private final Scratch diagonals;
  private final Tensor one = Tensor.of(new double[] {1});
  private final Tensor found = Tensor.zeros(DType.F64, 1);

  /// nHSIC of batches of up to `capacity` samples.
  ///
  /// @param epsilon ε, the ridge per sample
  /// @throws LaminaException unless `epsilon` is above 0
  public NormalizedHsic(Kernels kernels, int capacity, double epsilon) {
    if (!(epsilon > 0)) {
      throw new LaminaException("the ridge epsilon of nHSIC must be above 0 but is " + epsilon);
    }
    this.kernels = kernels;
    this.matrices = kernels.matrices();
    this.epsilon = epsilon;
    this.inverses = Scratch.square(DType.F64, capacity);
    this.products = Scratch.square(DType.F64, capacity);
    this.diagonals = Scratch.vector(capacity);
  }

  /// nHSIC of two sets of samples under Gaussian kernels of width `sigma` per feature.
  ///
  /// - `x`, `y` F32 or F64 `[m, ..]`
  public static double of(Tensor x, Tensor y, double sigma) {
    Kernels kernels = DefaultKernels.get();
    int m = x.axis(0);
    Pair pair = Pair.of(Gaussian.scaled(kernels, m, sigma), x, y);
    NormalizedHsic nhsic = new NormalizedHsic(kernels, m, EPSILON);
    nhsic.normalize(pair.x(), pair.x());
    nhsic.normalize(pair.y(), pair.y());
    Tensor out = Tensor.zeros(DType.F64, 1);
    nhsic.value(out, pair.x(), pair.y());
    return out.get(0);
  }

  /// `R = K̄ (K̄ + λI)⁻¹`, in place allowed; `r` and `k` F64 `[m, m]`, k symmetric.
  ///
  /// @throws LaminaException if the matrix is not finite, or ε too small for it
  public void normalize(Tensor r, Tensor k) {
    int m = k.axis(0);
    double lambda = m * epsilon;
    Tensor a = inverses.of(m);
    matrices.center(a, k);
    matrices.addDiagonal(a, lambda, one);
    matrices.cholesky(a, a);
    verifyPositive(a);
    matrices.choleskyInverse(a, a);
    kernels.affine(r, a, -lambda, 0);
    matrices.addDiagonal(r, 1, one);
  }

  /// `tr(R_z R_x)`; `out` F64 `[1]`, the others F64 `[m, m]`.
  public void value(Tensor out, Tensor rz, Tensor rx) {
    matrices.dot(out, rz, rx);
  }

  /// The derivative of `tr(R M)` by the kernel matrix that was last normalised.
  ///
  /// - `g` F64 `[m, m]`; `m` F64 `[m, m]`, symmetric with zero row sums, for example `R_x - β R_y`
  public void gradient(Tensor g, Tensor m) {
    int samples = m.axis(0);
    Tensor a = inverses.of(samples);
    Tensor am = products.of(samples);
    kernels.gemm(am, a, false, m, false, 0);
    matrices.symmetricProduct(g, am, a);
    kernels.affine(g, g, samples * epsilon, 0);
    // HGH = G, but A is as large as 1 / (m λ) along the constant direction: takes off its rounding.
    matrices.center(g, g);
  }

  private void verifyPositive(Tensor factor) {
    Tensor diagonal = diagonals.of(factor.axis(0));
    matrices.diagonal(diagonal, factor);
    kernels.firstNotFinite(found, diagonal);
    if (found.get(0) >= 0) {
      throw new LaminaException(
          "a kernel matrix of %d samples with the ridge %s is not finite or not positive definite"
                  .formatted(factor.axis(0), epsilon)
              + "; look for NaN in the samples, or take a larger epsilon");
    }
  }
}
