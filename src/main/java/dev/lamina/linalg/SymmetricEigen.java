package dev.lamina.linalg;

import dev.lamina.tensor.LaminaException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Eigenvalues and eigenvectors of a real symmetric matrix: `A = U diag(s) Uᵀ`.
///
/// Eigenvalues ascend. The sign of each eigenvector is chosen so that its component of largest
/// magnitude (the first among equals) is positive. Costs about `9 n³` flops. Immutable.
public final class SymmetricEigen {
  private final int n;
  private final double[] values;
  private final double[] vectors;

  private SymmetricEigen(double[] values, double[] vectors) {
    this.n = values.length;
    this.values = values;
    this.vectors = vectors;
  }

  /// Decomposes a matrix.
  ///
  /// - `a` — `n × n` row-major, symmetric (not checked: which triangle is read is not specified)
  ///
  /// @throws IllegalArgumentException if there are not `n × n` numbers
  /// @throws LaminaException if one is NaN or infinite, or if the iteration does not end
  public static SymmetricEigen of(double[] a, int n) {
    if (a.length != (long) n * n) {
      throw new IllegalArgumentException(a.length + " numbers are no " + n + " x " + n + " matrix");
    }
    if (n == 0) {
      return new SymmetricEigen(new double[0], new double[0]);
    }
    if (Arrays.stream(a).anyMatch(value -> !Double.isFinite(value))) {
      throw new LaminaException(
          "a "
              + n
              + " x "
              + n
              + " matrix to be decomposed holds NaN or infinity; look at its data");
    }
    EigenDecomposition_F64<DMatrixRMaj> ejml = DecompositionFactory_DDRM.eig(n, true, true);
    if (!ejml.decompose(new DMatrixRMaj(n, n, true, a))) {
      throw new LaminaException(
          "the eigenvalues of a " + n + " x " + n + " matrix were not found; scale its data");
    }
    return sorted(ejml, n);
  }

  private static SymmetricEigen sorted(EigenDecomposition_F64<DMatrixRMaj> ejml, int n) {
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> ejml.getEigenvalue(i).getReal()))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = ejml.getEigenvalue(order[j]).getReal();
      double[] vector = ejml.getEigenVector(order[j]).getData();
      double sign = Math.signum(vector[largest(vector)]);
      for (int i = 0; i < n; i++) {
        vectors[i * n + j] = sign * vector[i];
      }
    }
    return new SymmetricEigen(values, vectors);
  }

  private static int largest(double[] vector) {
    int at = 0;
    for (int i = 1; i < vector.length; i++) {
      if (Math.abs(vector[i]) > Math.abs(vector[at])) {
        at = i;
      }
    }
    return at;
  }

  /// The eigenvalues, ascending; a copy.
  public double[] values() {
    return values.clone();
  }

  /// The eigenvectors `U`, `n × n` row-major, of length 1; column `j` belongs to value `j`. A copy.
  public double[] vectors() {
    return vectors.clone();
  }

  /// The function `f` of the matrix: `U diag(f(s)) Uᵀ`, `n × n` row-major.
  ///
  /// It does not depend on the signs and order of the eigenvectors.
  public double[] map(DoubleUnaryOperator f) {
    double[] scaled = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        scaled[i * n + j] = vectors[i * n + j] * f.applyAsDouble(values[j]);
      }
    }
    DMatrixRMaj product = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multTransB(
        DMatrixRMaj.wrap(n, n, scaled), DMatrixRMaj.wrap(n, n, vectors), product);
    return product.getData();
  }
}
