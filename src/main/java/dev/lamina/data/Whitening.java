package dev.lamina.data;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.linalg.SymmetricEigen;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// ZCA whitening: turns samples so that their features are nearly uncorrelated, staying close to
/// the sample.
///
/// ```
/// x̃ = (x - mean) / std           per channel
/// C = cov(x̃) = U S Uᵀ            over samples, divided by n - 1
/// Z = U diag(1 / √(S + 0.1)) Uᵀ
/// y = x̃ Z                        the samples' own mean is not subtracted again
/// ```
///
/// `Z` is made from the training set and then used for all data. Features are flattened in h, w, c
/// order. Immutable; any number of threads may apply it.
///
/// Source: specs/softhebb.md, section 13.
public final class Whitening {
  private static final double REGULARISATION = 0.1;

  private final Tensor mean;
  private final Tensor std;
  private final Tensor matrix;

  private Whitening(Tensor mean, Tensor std, Tensor matrix) {
    this.mean = mean;
    this.std = std;
    this.matrix = matrix;
  }

  /// Learns the matrix from samples.
  ///
  /// - `k` — computes the covariance
  /// - `x` — `[n, ..., c]`, F32 or F64, `n >= 2`; unchanged
  /// - `mean`, `std` — `[c]`, subtracted from and divided into each channel first; `std` above 0
  ///
  /// @throws IllegalArgumentException if the shapes do not fit
  public static Whitening fit(Kernels k, Tensor x, double[] mean, double[] std) {
    int channels = x.axis(-1);
    if (mean.length != channels || std.length != channels || x.axis(0) < 2) {
      throw new IllegalArgumentException(
          mean.length + " means and " + std.length + " deviations do not fit to " + x.shape());
    }
    Tensor m = vector(x.type(), mean);
    Tensor s = vector(x.type(), std);
    Tensor scaled = Tensor.zeros(x.type(), x.shape());
    standardize(k, scaled, x, m, s);
    double[] covariance = covariance(k, scaled);
    int d = x.size() / x.axis(0);
    double[] z =
        SymmetricEigen.of(covariance, d).map(value -> 1 / Math.sqrt(value + REGULARISATION));
    return new Whitening(m, s, vector(x.type(), z).reshape(d, d));
  }

  private static void standardize(Kernels k, Tensor y, Tensor x, Tensor mean, Tensor std) {
    k.combineColumns(y, x, mean, Operation.SUBTRACT);
    k.combineColumns(y, y, std, Operation.DIVIDE);
  }

  /// The covariance of the rows of `x`, which is centred in place.
  private static double[] covariance(Kernels k, Tensor x) {
    int n = x.axis(0);
    int d = x.size() / n;
    Tensor rows = x.reshape(n, d);
    Tensor centre = Tensor.zeros(x.type(), d);
    k.reduce(centre, Reduction.MEAN, rows, 0);
    k.combineColumns(rows, rows, centre, Operation.SUBTRACT);
    Tensor products = Tensor.zeros(x.type(), d, d);
    k.gemm(products, rows, true, rows, false, 0);
    double[] covariance = products.toDoubles();
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] /= n - 1;
    }
    return covariance;
  }

  private static Tensor vector(DType type, double[] values) {
    Tensor vector = Tensor.zeros(type, values.length);
    for (int i = 0; i < values.length; i++) {
      vector.set(i, values[i]);
    }
    return vector;
  }

  /// The matrix `Z` `[d, d]`, symmetric, over features in h, w, c order; not to be changed.
  public Tensor matrix() {
    return matrix;
  }

  /// Whitens `x` into `y`, both `[n, ..., c]` of the type that was learned from; `y` is not `x`.
  ///
  /// @throws IllegalArgumentException if the samples have another size
  public void apply(Kernels k, Tensor y, Tensor x) {
    int d = matrix.axis(0);
    Shape rows = Shape.of(x.axis(0), d);
    if (x.size() != (long) x.axis(0) * d) {
      throw new IllegalArgumentException(
          "samples of " + x.shape() + " do not have " + d + " features");
    }
    Tensor scaled = Tensor.zeros(x.type(), x.shape());
    standardize(k, scaled, x, mean, std);
    k.gemm(y.reshape(rows), scaled.reshape(rows), false, matrix, false, 0);
  }
}
