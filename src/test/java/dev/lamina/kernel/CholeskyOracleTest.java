package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Cholesky factor and inverse against EJML, on matrices like those of nHSIC.
@Tag("widths")
class CholeskyOracleTest {
  static List<Kernels> tiers() {
    Kernels reference = new ReferenceKernels();
    return List.of(reference, new VectorKernels(2, reference));
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void factorAndInverseAreThoseOfEjml(Kernels kernels) {
    for (int m : new int[] {1, 2, 31, 32, 33, 64, 150, 256}) {
      Tensor b = ridged(kernels, m);
      DMatrixRMaj want = new DMatrixRMaj(m, m, true, b.toDoubles());
      DMatrixRMaj inverse = new DMatrixRMaj(m, m);
      assertTrue(CommonOps_DDRM.invert(want, inverse));
      CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(m, true);
      assertTrue(cholesky.decompose(want));
      kernels.matrices().cholesky(b, b);
      Close.verify("factor of " + m, cholesky.getT(null).getData(), b.toDoubles());
      kernels.matrices().choleskyInverse(b, b);
      Close.verify("inverse of " + m, inverse.getData(), b.toDoubles());
    }
  }

  /// A centred Gram matrix of half rank and a ridge of 1e-4 of its size: condition about 1e4.
  private static Tensor ridged(Kernels kernels, int m) {
    Numbers numbers = Numbers.of(kernels, DType.F64);
    Tensor z = numbers.normal("z", m, (m + 1) / 2);
    Tensor b = Tensor.zeros(DType.F64, m, m);
    kernels.matrices().symmetricProduct(b, z, z);
    kernels.matrices().center(b, b);
    kernels.matrices().addDiagonal(b, 1e-4 * m, Tensor.of(new double[] {1}));
    return b;
  }
}
