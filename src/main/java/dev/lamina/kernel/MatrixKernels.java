package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;

/// The part of the contract that computes with square matrices, in double.
///
/// Measures of dependence compare `m` samples pairwise. Whatever the type of the samples, every `m
/// × m` matrix is F64: a factorisation in single precision would lose a hundredth of its value
/// (`specs/hsic-bottleneck.md`, 4.4). The rules of `Kernels` hold: outputs first and overwritten,
/// sizes checked at the door (`IllegalArgumentException`), bits that depend on arguments and tier
/// alone. Products and element-wise work in F64 are methods of `Kernels`.
public interface MatrixKernels {
  /// `c = A Bᵀ` where the product is known to be symmetric: the lower half is computed, the upper
  /// half is its mirror.
  ///
  /// With `b = a` it is the Gram matrix of the rows of `a`. Samples in F32 are multiplied and added
  /// in double.
  ///
  /// - `c` F64 `[m, m]`, `a` and `b` `[m, ..]` of one shape and floating type, rows along the first
  ///   axis
  void symmetricProduct(Tensor c, Tensor a, Tensor b);

  /// `d_ij = max(0, g_ii + g_jj - 2 g_ij)`: the squared distances of the rows whose Gram matrix is
  /// `g`, in place allowed.
  ///
  /// The diagonal is exactly 0 and `d` exactly symmetric if `g` is; `d`, `g` `[m, m]`.
  void squaredDistances(Tensor d, Tensor g);

  /// `y = H X H` with `H = I - 1 1ᵀ/m`: takes off the means of rows and columns, in place allowed.
  ///
  /// - `x` `[m, m]` symmetric: its row means are taken for both
  void center(Tensor y, Tensor x);

  /// `b = T Tᵀ`: the lower Cholesky factor, zeros above its diagonal, in place allowed.
  ///
  /// - `b` `[m, m]` symmetric and positive definite, of which only the lower half is read; if it is
  ///   not, or not finite, `t` holds NaN on its diagonal
  void cholesky(Tensor t, Tensor b);

  /// `a = (T Tᵀ)⁻¹` from the Cholesky factor, in place allowed; the inverse is exactly symmetric.
  ///
  /// - `t` `[m, m]`, of which only the lower half is read
  void choleskyInverse(Tensor a, Tensor t);

  /// `out = Σ a b` over all elements: `tr(A Bᵀ)` of matrices; `out` `[1]`, `a` and `b` of one
  /// shape, all F64.
  void dot(Tensor out, Tensor a, Tensor b);

  /// `v_i = x_ii`; `v` `[m]`, `x` `[m, m]`.
  void diagonal(Tensor v, Tensor x);

  /// `y_ii = y_ii + a v_i`; `y` `[m, m]`, `v` `[m]` or `[1]`.
  void addDiagonal(Tensor y, double a, Tensor v);
}
