package dev.lamina.kernel.vector;

import dev.lamina.kernel.Checks;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.vector.DoubleProduct.From;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// The doors of the F64 kernels that measures and objectives need; the others are the reference's.
final class DoubleKernels implements Arithmetic {
  private final ThreadPool pool;
  private final Kernels reference;

  /// Kernels on the threads of a pool, beside kernels for rare functions.
  DoubleKernels(ThreadPool pool, Kernels reference) {
    this.pool = pool;
    this.reference = reference;
  }

  private static DoubleWorkspace work() {
    return Workspace.current().doubles;
  }

  @Override
  public void gemm(
      Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta) {
    MapChecks.gemm(c, a, transposeA, b, transposeB);
    DoubleProduct product = work().product;
    int depth = a.axis(transposeA ? 0 : 1);
    product.left.of(a, a.axis(1), !transposeA);
    product.right.of(b, b.axis(1), transposeB);
    product
        .result(c.doubles(), c.offset(), c.axis(1))
        .compute(pool, c.axis(0), c.axis(1), depth, beta, From.ZERO);
  }

  @Override
  public void oneHot(Tensor y, Tensor labels) {
    Checks.labels("oneHot", y, labels);
    DoubleElements.oneHot(y, labels);
  }

  @Override
  public void reduce(Tensor out, Reduction op, Tensor x, int axis) {
    boolean isSum = op == Reduction.SUM || op == Reduction.MEAN;
    int rank = x.shape().rank();
    if (!isSum || (axis != -1 && axis != rank - 1)) {
      reference.reduce(out, op, x, axis);
      return;
    }
    Checks.reduce(out, op, x, axis);
    work().rows.sums(pool, out, x, x.axis(axis), op == Reduction.MEAN);
  }

  /// See `Kernels.fill`.
  void fill(Tensor y, double value) {
    Arrays.fill(y.doubles(), y.offset(), y.offset() + y.size(), value);
  }

  @Override
  public void convert(Tensor y, Tensor x, double scale) {
    Checks.convert(y, x);
    DoubleElements.convert(y, x, scale);
  }

  @Override
  public void affine(Tensor y, Tensor x, double a, double b) {
    Checks.same("affine", y, x);
    work().elements.affine(pool, y, x, a, b);
  }

  @Override
  public void addScaled(Tensor y, double a, Tensor x) {
    Checks.same("addScaled", y, x);
    work().elements.addScaled(pool, y, a, x);
  }

  @Override
  public void map(Tensor y, Tensor x, Function f) {
    if (!DoubleFunctions.has(f)) {
      reference.map(y, x, f);
      return;
    }
    Checks.same("map", y, x);
    work().functions.map(pool, y, x, f);
  }

  @Override
  public void combine(Tensor y, Tensor a, Tensor b, Operation op) {
    Checks.same("combine", y, a, b);
    work().elements.combine(pool, y, a, b, op);
  }

  @Override
  public void combineColumns(Tensor y, Tensor x, Tensor v, Operation op) {
    Checks.columns("combineColumns", y, v, x);
    work().elements.combineColumns(pool, y, x, v, op);
  }

  @Override
  public void combineRows(Tensor y, Tensor x, Tensor v, Operation op) {
    Checks.perRow("combineRows", y, v, x);
    work().elements.combineRows(pool, y, x, v, op);
  }

  @Override
  public void firstNotFinite(Tensor found, Tensor x) {
    Checks.floating("firstNotFinite", found, x);
    Checks.size("firstNotFinite", found, 1);
    DoubleElements.firstNotFinite(found, x);
  }
}
