package dev.lamina.kernel.vector;

import dev.lamina.kernel.MatrixChecks;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.kernel.vector.DoubleProduct.From;
import dev.lamina.tensor.Tensor;

/// The doors of square matrices: sizes are checked, then the task of the calling thread runs.
final class VectorMatrices implements MatrixKernels {
  private final ThreadPool pool;

  /// Kernels on the threads of a pool.
  VectorMatrices(ThreadPool pool) {
    this.pool = pool;
  }

  private static DoubleWorkspace work() {
    return Workspace.current().doubles;
  }

  @Override
  public void symmetricProduct(Tensor c, Tensor a, Tensor b) {
    MatrixChecks.symmetricProduct(c, a, b);
    DoubleProduct product = work().product;
    int m = c.axis(0);
    int depth = m == 0 ? 0 : a.size() / m;
    product.left.of(a, depth, true);
    product.right.of(b, depth, true);
    product.result(c.doubles(), c.offset(), m).computeSymmetric(pool, m, depth, From.ZERO);
  }

  @Override
  public void squaredDistances(Tensor d, Tensor g) {
    MatrixChecks.square("squaredDistances", d, g);
    work().rows.squaredDistances(pool, d, g);
  }

  @Override
  public void center(Tensor y, Tensor x) {
    MatrixChecks.square("center", y, x);
    work().rows.center(pool, y, x);
  }

  @Override
  public void cholesky(Tensor t, Tensor b) {
    MatrixChecks.square("cholesky", t, b);
    work().cholesky.factor(pool, t, b);
  }

  @Override
  public void choleskyInverse(Tensor a, Tensor t) {
    MatrixChecks.square("choleskyInverse", a, t);
    work().cholesky.invert(pool, a, t);
  }

  @Override
  public void dot(Tensor out, Tensor a, Tensor b) {
    MatrixChecks.dot(out, a, b);
    work().rows.dot(pool, out, a, b);
  }

  @Override
  public void diagonal(Tensor v, Tensor x) {
    MatrixChecks.diagonal("diagonal", x, v, false);
    int m = x.axis(0);
    for (int i = 0; i < m; i++) {
      v.doubles()[v.offset() + i] = x.doubles()[x.offset() + i * (m + 1)];
    }
  }

  @Override
  public void addDiagonal(Tensor y, double a, Tensor v) {
    MatrixChecks.diagonal("addDiagonal", y, v, true);
    int m = y.axis(0);
    boolean single = v.size() == 1;
    for (int i = 0; i < m; i++) {
      int at = y.offset() + i * (m + 1);
      double value = v.doubles()[v.offset() + (single ? 0 : i)];
      y.doubles()[at] = Math.fma(a, value, y.doubles()[at]);
    }
  }
}
