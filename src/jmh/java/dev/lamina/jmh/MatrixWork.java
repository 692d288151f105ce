package dev.lamina.jmh;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.measure.Cosine;
import dev.lamina.measure.Gaussian;
import dev.lamina.measure.KernelBottleneck;
import dev.lamina.measure.NormalizedHsic;
import dev.lamina.measure.PlausibleHsic;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.linsol.LinearSolverDense;

/// What a normalised HSIC of `m` samples computes in double, and EJML beside it.
///
/// A symmetric product is counted by the half that is computed, a Cholesky factor as `m³/3`, the
/// inverse from a factor as `2 m³/3`.
final class MatrixWork {
  private static final int FEATURES = 1024;

  private final Kernels kernels;
  private final MatrixKernels matrices;
  private final List<Row> rows = new ArrayList<>();

  /// A row of the report.
  ///
  /// @param goal the wanted share of the peak, 0 for none
  record Row(String name, double flops, double goal, Runnable work) {}

  private MatrixWork(Kernels kernels) {
    this.kernels = kernels;
    this.matrices = kernels.matrices();
  }

  /// All rows, for 256 and 512 samples.
  static List<Row> of(Kernels kernels) {
    MatrixWork work = new MatrixWork(kernels);
    for (int m : new int[] {256, 512}) {
      work.products(m);
      work.factors(m);
      work.factorsOfEjml(m);
      work.normalizedHsic(m);
      work.plausibleHsic(m, FEATURES);
      work.plausibleHsic(m, 32);
    }
    return work.rows;
  }

  private void add(String name, int m, double flops, double goal, Runnable work) {
    rows.add(new Row(name + "_" + m, flops, goal, work));
  }

  private void products(int m) {
    Tensor a = random(DType.F64, m, m);
    Tensor b = random(DType.F64, m, m);
    Tensor c = random(DType.F64, m, m);
    Tensor floats = random(DType.F32, m, FEATURES);
    Tensor doubles = random(DType.F64, m, FEATURES);
    double cube = (double) m * m * m;
    double half = (double) m * m * FEATURES;
    add("dgemm", m, 2 * cube, 0.65, () -> kernels.gemm(c, a, false, b, false, 0));
    add("dgemm left turned", m, 2 * cube, 0.65, () -> kernels.gemm(c, a, true, b, false, 0));
    add("dgemm right turned", m, 2 * cube, 0.65, () -> kernels.gemm(c, a, false, b, true, 0));
    add("A M A second product", m, cube, 0.65, () -> matrices.symmetricProduct(c, a, b));
    add("gram f32", m, half, 0.65, () -> matrices.symmetricProduct(c, floats, floats));
    add("gram f64", m, half, 0.65, () -> matrices.symmetricProduct(c, doubles, doubles));
  }

  private void factors(int m) {
    Tensor b = positiveDefinite(m);
    Tensor t = random(DType.F64, m, m);
    Tensor a = random(DType.F64, m, m);
    double third = (double) m * m * m / 3;
    add("cholesky", m, third, 0, () -> matrices.cholesky(t, b));
    add(
        "cholesky and inverse",
        m,
        3 * third,
        0,
        () -> {
          matrices.cholesky(t, b);
          matrices.choleskyInverse(a, t);
        });
  }

  private void factorsOfEjml(int m) {
    DMatrixRMaj b = new DMatrixRMaj(m, m, true, positiveDefinite(m).toDoubles());
    DMatrixRMaj copy = new DMatrixRMaj(m, m);
    DMatrixRMaj a = new DMatrixRMaj(m, m);
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(m, true);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(m);
    double third = (double) m * m * m / 3;
    add(
        "ejml cholesky",
        m,
        third,
        0,
        () -> {
          copy.setTo(b);
          cholesky.decompose(copy);
        });
    add(
        "ejml cholesky and inverse",
        m,
        3 * third,
        0,
        () -> {
          copy.setTo(b);
          solver.setA(copy);
          solver.invert(a);
        });
  }

  /// What a layer of the HSIC bottleneck costs beside its own products: kernel, R, both values,
  /// gradient. The last product is in F32, two flops for one.
  private void normalizedHsic(int m) {
    Tensor z = random(DType.F32, m, FEATURES);
    Tensor dz = random(DType.F32, m, FEATURES);
    Tensor k = random(DType.F64, m, m);
    Tensor r = random(DType.F64, m, m);
    Tensor rx = random(DType.F64, m, m);
    Tensor value = Tensor.zeros(DType.F64, 1);
    Gaussian gaussian = Gaussian.scaled(kernels, m, 5);
    NormalizedHsic nhsic = new NormalizedHsic(kernels, m, NormalizedHsic.EPSILON);
    gaussian.matrix(rx, z);
    nhsic.normalize(rx, rx);
    double cube = (double) m * m * m;
    add(
        "nhsic of a layer",
        m,
        2.0 * m * m * FEATURES + 4 * cube,
        0,
        () -> {
          gaussian.matrix(k, z);
          nhsic.normalize(r, k);
          nhsic.value(value, r, rx);
          nhsic.value(value, r, rx);
          nhsic.gradient(r, rx);
          gaussian.gradient(dz, r, k, z);
        });
  }

  /// The same for pHSIC with cosine similarity.
  private void plausibleHsic(int m, int features) {
    Tensor z = random(DType.F32, m, features);
    Tensor dz = random(DType.F32, m, features);
    Tensor k = random(DType.F64, m, m);
    Tensor dk = random(DType.F64, m, m);
    Tensor labels = random(DType.F64, m, m);
    Cosine cosine = new Cosine(kernels, m);
    KernelBottleneck bottleneck = new KernelBottleneck(kernels, new PlausibleHsic(kernels, m), 2);
    add(
        "phsic of %d features".formatted(features),
        m,
        3.0 * m * m * features,
        0,
        () -> {
          cosine.matrix(k, z);
          bottleneck.compute(dk, k, labels);
          cosine.gradient(dz, dk, k, z);
        });
  }

  private Tensor positiveDefinite(int m) {
    Tensor b = Tensor.zeros(DType.F64, m, m);
    Tensor x = random(DType.F64, m, m);
    matrices.symmetricProduct(b, x, x);
    matrices.addDiagonal(b, m, Tensor.of(new double[] {1}));
    return b;
  }

  private static Tensor random(DType type, int rows, int columns) {
    Random random = new Random(rows);
    Tensor t = Tensor.zeros(type, rows, columns);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextGaussian());
    }
    return t;
  }
}
