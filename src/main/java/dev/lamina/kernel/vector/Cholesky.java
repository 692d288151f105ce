package dev.lamina.kernel.vector;

import dev.lamina.kernel.vector.DoubleProduct.From;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// The Cholesky factor and the inverse of a symmetric positive definite matrix, in blocks: nearly
/// all work is products.
///
/// ```
/// for each block column J:                              B = T Tᵀ
///   B[J.., J] -= T[J.., 0..J] T[J, 0..J]ᵀ
///   T_JJ, S_JJ = T_JJ⁻¹ of the diagonal block           by rows
///   T[below, J] = B[below, J] S_JJᵀ
///
/// for each block row I:                                 S = T⁻¹
///   S[I, 0..I] = -S_II (T[I, 0..I] S[0..I, 0..I])
/// A = Sᵀ S
/// ```
///
/// `m³/3` flops for the factor, `2 m³/3` for the inverse: products begin where a triangle does.
final class Cholesky {
  /// Rows of a block: the part that is no product is one in `m / BLOCK`.
  private static final int BLOCK = 32;

  private final DoubleProduct product;
  private final double[] turned = new double[BLOCK * BLOCK];
  private final double[] inverse = new double[BLOCK * BLOCK];
  private double[] panel = {};
  private double[] triangle = {};

  Cholesky(DoubleProduct product) {
    this.product = product;
  }

  /// See `MatrixKernels.cholesky`.
  void factor(ThreadPool pool, Tensor to, Tensor from) {
    int m = from.axis(0);
    double[] t = to.doubles();
    int at = to.offset();
    for (int i = 0; i < m; i++) {
      System.arraycopy(from.doubles(), from.offset() + i * m, t, at + i * m, i + 1);
    }
    panel = atLeast(panel, m * BLOCK);
    for (int j = 0; j < m; j += BLOCK) {
      int width = Math.min(BLOCK, m - j);
      int diagonal = at + j * m + j;
      if (j > 0) {
        negated(t, at + j * m, m, width, j);
        product.left.of(t, at + j * m, m, true);
        product.right.of(panel, 0, j, true);
        product.result(t, diagonal, m).compute(pool, m - j, width, j, 1, From.ZERO);
      }
      factorBlock(t, diagonal, m, width);
      below(pool, t, diagonal, m, width, m - j - width);
    }
    for (int i = 0; i < m; i++) {
      Arrays.fill(t, at + i * m + i + 1, at + (i + 1) * m, 0d);
    }
  }

  /// The rows below a diagonal block: `T[below, J] = B[below, J] S_JJᵀ`.
  private void below(ThreadPool pool, double[] t, int diagonal, int ld, int width, int rows) {
    if (rows == 0) {
      return;
    }
    invertBlock(t, diagonal, ld, width);
    int first = diagonal + width * ld;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(t, first + i * ld, panel, i * width, width);
    }
    product.left.of(panel, 0, width, true);
    product.right.of(inverse, 0, width, true);
    product.result(t, first, ld).compute(pool, rows, width, width, 0, From.ZERO);
  }

  /// `panel = -` a matrix `[rows, columns]` whose rows lie `ld` apart.
  private void negated(double[] a, int at, int ld, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      DoubleElements.affine(panel, i * columns, a, at + i * ld, columns, -1, 0);
    }
  }

  /// The factor of a diagonal block, on its transpose so that columns are runs of memory.
  private void factorBlock(double[] t, int at, int ld, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        turned[j * n + i] = t[at + i * ld + j];
      }
    }
    for (int j = 0; j < n; j++) {
      int row = j * n;
      double pivot = turned[row + j];
      double scale = pivot > 0 ? 1 / Math.sqrt(pivot) : Double.NaN;
      DoubleElements.affine(turned, row + j, turned, row + j, n - j, scale, 0);
      for (int i = j + 1; i < n; i++) {
        DoubleElements.addScaled(turned, i * n + i, -turned[row + i], turned, row + i, n - i);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        t[at + i * ld + j] = turned[j * n + i];
      }
    }
  }

  /// `inverse [n, n]` of a lower triangle, row by row: `t_ii s_i = e_i - Σ_{l<i} t_il s_l`.
  private void invertBlock(double[] t, int at, int ld, int n) {
    Arrays.fill(inverse, 0, n * n, 0d);
    for (int i = 0; i < n; i++) {
      int row = at + i * ld;
      for (int l = 0; l < i; l++) {
        DoubleElements.addScaled(inverse, i * n, -t[row + l], inverse, l * n, l + 1);
      }
      inverse[i * n + i] = 1;
      DoubleElements.affine(inverse, i * n, inverse, i * n, i + 1, 1 / t[row + i], 0);
    }
  }

  /// See `MatrixKernels.choleskyInverse`.
  void invert(ThreadPool pool, Tensor to, Tensor factor) {
    int m = factor.axis(0);
    double[] t = factor.doubles();
    double[] s = atLeast(triangle, m * m);
    triangle = s;
    panel = atLeast(panel, m * BLOCK);
    Arrays.fill(s, 0, m * m, 0d);
    for (int i = 0; i < m; i += BLOCK) {
      int width = Math.min(BLOCK, m - i);
      int row = factor.offset() + i * m;
      invertBlock(t, row + i, m, width);
      for (int r = 0; r < width; r++) {
        System.arraycopy(inverse, r * width, s, (i + r) * m + i, width);
      }
      if (i > 0) {
        product.left.of(t, row, m, true);
        product.right.of(s, 0, m, false);
        product.result(panel, 0, i).compute(pool, width, i, i, 0, From.COLUMN);
        DoubleElements.affine(inverse, 0, inverse, 0, width * width, -1, 0);
        product.left.of(inverse, 0, width, true);
        product.right.of(panel, 0, i, false);
        product.result(s, i * m, m).compute(pool, width, i, width, 0, From.ZERO);
      }
    }
    product.left.of(s, 0, m, false);
    product.right.of(s, 0, m, false);
    product.result(to.doubles(), to.offset(), m).computeSymmetric(pool, m, m, From.ROW);
  }

  private static double[] atLeast(double[] memory, int size) {
    return memory.length < size ? new double[size] : memory;
  }
}
