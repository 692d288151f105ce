package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is computed in double has the same bits with every number of threads and at every vector
/// width; products have those of scalar chains.
@Tag("widths")
class DoubleBitsTest {
  private static final Kernels REFERENCE = new ReferenceKernels();
  private static final Kernels[] THREADS = {
    new VectorKernels(1, REFERENCE),
    new VectorKernels(2, REFERENCE),
    new VectorKernels(3, REFERENCE)
  };

  /// The hash of the battery at 128, 256 and 512 bits; a change of it is a change of numerics.
  private static final int RECORDED = 789856408;

  private final Random random = new Random(5);

  @Test
  void everyWidthGivesTheRecordedBits() {
    int hash = 17;
    for (int m : new int[] {1, 3, 10, 33, 97, 200}) {
      hash = 31 * hash + Arrays.hashCode(battery(THREADS[0], m));
    }
    assertEquals(RECORDED, hash, "the bits depend on the width, or numerics changed");
  }

  /// 520 is shared by threads in every kernel.
  @ParameterizedTest(name = "{0} samples")
  @ValueSource(ints = {1, 33, 200, 520})
  void anyNumberOfThreadsGivesTheSameBits(int m) {
    double[] alone = battery(THREADS[0], m);
    assertArrayEquals(alone, battery(THREADS[1], m), "two threads");
    assertArrayEquals(alone, battery(THREADS[2], m), "three threads");
  }

  /// Results of everything, one after the other, on the same numbers.
  private double[] battery(Kernels k, int m) {
    random.setSeed(m);
    MatrixKernels matrices = k.matrices();
    Tensor z = random(DType.F32, m, 130);
    Tensor gram = random(DType.F64, m, m);
    Tensor work = random(DType.F64, m, m);
    Tensor product = random(DType.F64, m, m);
    Tensor rows = random(DType.F64, m);
    Tensor all = Tensor.zeros(DType.F64, m + 8, m);
    Results results = new Results(all);
    matrices.symmetricProduct(gram, z, z);
    k.reduce(rows, Reduction.SUM, gram, 1);
    results.keep(rows);
    matrices.squaredDistances(work, gram);
    k.affine(work, work, -0.01, 0);
    k.map(work, work, Function.EXP);
    matrices.center(work, work);
    k.reduce(rows, Reduction.MEAN, work, 0);
    k.reduce(rows, Reduction.MEAN, work, 1);
    results.keep(rows);
    matrices.addDiagonal(work, 1, Tensor.of(new double[] {0.01}));
    matrices.cholesky(product, work);
    matrices.choleskyInverse(product, product);
    k.gemm(work, product, false, gram, true, 0.5);
    matrices.symmetricProduct(gram, work, product);
    k.map(work, product, Function.EXPM1);
    k.addScaled(gram, -0.3, work);
    k.combine(gram, gram, product, Operation.MULTIPLY);
    matrices.diagonal(rows, gram);
    results.keep(rows);
    k.combineRows(gram, gram, rows, Operation.DIVIDE);
    k.combineColumns(gram, gram, rows, Operation.ADD);
    matrices.dot(rows.view(0, Tensor.zeros(DType.F64, 1).shape()), gram, product);
    results.keep(rows);
    results.keep(gram);
    return all.toDoubles();
  }

  /// Where results are put one behind the other.
  private static final class Results {
    private final Tensor all;
    private int at;

    Results(Tensor all) {
      this.all = all;
    }

    void keep(Tensor t) {
      all.view(at, t.shape()).copyFrom(t);
      at += t.size();
    }
  }

  @ParameterizedTest(name = "{0} x {1} over {2}")
  @CsvSource({
    "1, 1, 1",
    "3, 5, 7",
    "4, 8, 16",
    "8, 32, 384",
    "9, 33, 385",
    "130, 129, 40",
    "17, 31, 700",
    "2, 9, 0",
    "0, 3, 4"
  })
  void gemmHasTheBitsOfScalarChains(int m, int n, int k) {
    for (Kernels kernels : THREADS) {
      for (int form = 0; form < 4; form++) {
        boolean ta = form % 2 == 1;
        boolean tb = form / 2 == 1;
        Tensor a = ta ? random(DType.F64, k, m) : random(DType.F64, m, k);
        Tensor b = tb ? random(DType.F64, n, k) : random(DType.F64, k, n);
        for (double beta : new double[] {0, 1, -0.3}) {
          Tensor c = random(DType.F64, m, n);
          double[] expected = c.toDoubles();
          for (int at = 0; at < expected.length; at++) {
            expected[at] = chains(expected[at] * beta, beta, a, ta, at / n, b, tb, at % n, k);
          }
          kernels.gemm(c, a, ta, b, tb, beta);
          assertArrayEquals(expected, c.toDoubles(), "form " + form + ", beta " + beta);
        }
      }
    }
  }

  /// K blocks of a dense product, see `Blocks`.
  private static double chains(
      double scaled, double beta, Tensor a, boolean ta, int i, Tensor b, boolean tb, int j, int k) {
    int length = k <= Blocks.CHAIN ? Blocks.CHAIN : Blocks.DENSE;
    double element = beta == 0 ? 0 : scaled;
    for (int from = 0; from < k; from += length) {
      double chain = 0;
      for (int l = from; l < Math.min(k, from + length); l++) {
        double left = a.get(ta ? l * a.axis(1) + i : i * k + l);
        double right = b.get(tb ? j * k + l : l * b.axis(1) + j);
        chain = Math.fma(left, right, chain);
      }
      element = beta == 0 && from == 0 ? chain : element + chain;
    }
    return element;
  }

  @Test
  void aSymmetricProductHasTheBitsOfAProduct() {
    for (int m : new int[] {5, 128, 150}) {
      Tensor z = random(DType.F64, m, 400);
      Tensor whole = random(DType.F64, m, m);
      Tensor half = random(DType.F64, m, m);
      THREADS[0].gemm(whole, z, false, z, true, 0);
      THREADS[1].matrices().symmetricProduct(half, z, z);
      assertArrayEquals(whole.toDoubles(), half.toDoubles(), m + " samples");
    }
  }

  private Tensor random(DType type, int... axes) {
    Tensor t = Tensor.zeros(type, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextGaussian());
    }
    return t;
  }
}
