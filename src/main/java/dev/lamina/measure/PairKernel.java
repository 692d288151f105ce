package dev.lamina.measure;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// Similarity of the samples of two different sets.
///
/// ```
/// K_ij = exp(-a ‖x_i - y_j‖²)
/// ```
///
/// The HSIC bottleneck's `pair_kernel` has `a = 1/d²`, d the number of features. Values only, off
/// the hot path.
///
/// Source: `specs/hsic-bottleneck.md`, 3.4.
public final class PairKernel {
  private final Kernels kernels;
  private final double factor;

  /// @param factor a, above 0
  public PairKernel(Kernels kernels, double factor) {
    if (!(factor > 0)) {
      throw new LaminaException("the factor of a pair kernel must be above 0 but is " + factor);
    }
    this.kernels = kernels;
    this.factor = factor;
  }

  /// The kernel with `a = 1/d²`.
  public static PairKernel original(Kernels kernels, int features) {
    return new PairKernel(kernels, 1.0 / ((double) features * features));
  }

  /// A new F64 `[m, n]` from `x` `[m, d]` and `y` `[n, d]`.
  public Tensor matrix(Tensor x, Tensor y) {
    Tensor a = doubles(x);
    Tensor b = doubles(y);
    Tensor k = Tensor.zeros(DType.F64, Shape.of(x.axis(0), y.axis(0)));
    Tensor zero = Tensor.zeros(DType.F64, 1);
    kernels.gemm(k, a, false, b, true, 0);
    kernels.affine(k, k, -2, 0);
    kernels.combineRows(k, k, squares(a), Operation.ADD);
    kernels.combineColumns(k, k, squares(b), Operation.ADD);
    kernels.combineColumns(k, k, zero, Operation.MAX);
    kernels.affine(k, k, -factor, 0);
    kernels.map(k, k, Function.EXP);
    return k;
  }

  /// The samples of `x`, then those of `y`, as F64 `[m + n, d]`.
  static Tensor joined(Tensor x, Tensor y) {
    int m = x.axis(0);
    Tensor both = Tensor.zeros(DType.F64, Shape.of(m + y.axis(0), Rows.features(x)));
    for (int i = 0; i < both.size(); i++) {
      both.set(i, i < x.size() ? x.get(i) : y.get(i - x.size()));
    }
    return both;
  }

  private Tensor doubles(Tensor z) {
    Tensor copy = Tensor.zeros(DType.F64, Shape.of(z.axis(0), Rows.features(z)));
    kernels.convert(copy, z, 1);
    return copy;
  }

  private Tensor squares(Tensor z) {
    Tensor squared = Tensor.zeros(DType.F64, z.shape());
    Tensor sums = Tensor.zeros(DType.F64, z.axis(0));
    kernels.map(squared, z, Function.SQUARE);
    kernels.reduce(sums, Reduction.SUM, squared, 1);
    return sums;
  }
}
