package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Square matrices in double.
interface MatrixContract {
  /// The largest matrix that is tried: two tiles and some rows.
  int LARGEST = 260;

  Comparison compare();

  private List<Integer> sides() {
    return compare().sizes().lengths().stream().filter(m -> m <= LARGEST).toList();
  }

  @Test
  default void multipliesSamplesOfBothTypesIntoSymmetricMatrices() {
    for (int m : sides()) {
      for (int d : new int[] {0, 1, 5, 33, 385, 700}) {
        if (m * d < 30_000) {
          compare().check("gram [%d, %d]".formatted(m, d), side -> gram(side, m, d));
        }
      }
    }
    compare().check("gram of maps", side -> gram(side, 9, 3, 4, 5));
    compare().check("gram [260, 300]", side -> gram(side, LARGEST, 300));
  }

  private static void gram(Side side, int... axes) {
    int m = axes[0];
    Tensor z = side.in(axes);
    Tensor k = side.doubles(Tolerance.sum(m == 0 ? 0 : z.size() / m), m, m);
    side.kernels().matrices().symmetricProduct(k, z, z);
    verifySymmetric(k);
  }

  @Test
  default void multipliesAMatrixAroundASymmetricOne() {
    for (int m : sides()) {
      compare().checkDouble("A M A of " + m, side -> around(side, m));
    }
  }

  private static void around(Side side, int m) {
    Kernels k = side.kernels();
    Tensor a = symmetric(side, m);
    Tensor middle = symmetric(side, m);
    Tensor am = side.out(Tolerance.sum(m), m, m);
    // A product of sums of m products: as large as m, and as many of them.
    Tensor g = side.out(Tolerance.sum(m).times(m + 1), m, m);
    k.gemm(am, a, false, middle, false, 0);
    k.matrices().symmetricProduct(g, am, a);
    verifySymmetric(g);
  }

  private static Tensor symmetric(Side side, int m) {
    Tensor a = side.in(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < i; j++) {
        a.set(j * m + i, a.get(i * m + j));
      }
    }
    return a;
  }

  private static void verifySymmetric(Tensor k) {
    int m = k.axis(0);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < i; j++) {
        assertEquals(k.get(i * m + j), k.get(j * m + i), "symmetric at " + i + ", " + j);
      }
    }
  }

  @Test
  default void centersAndMeasuresDistances() {
    for (int m : sides()) {
      compare().checkDouble("center " + m, side -> center(side, m));
      compare().checkDouble("distances " + m, side -> distances(side, m));
    }
  }

  private static void center(Side side, int m) {
    MatrixKernels k = side.kernels().matrices();
    Tensor x = symmetric(side, m);
    Tolerance tolerance = Tolerance.mean(m).times(3).and(Tolerance.steps(3));
    k.center(side.out(tolerance, m, m), x);
    k.center(side.compare(tolerance, x), x);
    verifySymmetric(x);
  }

  private static void distances(Side side, int m) {
    MatrixKernels k = side.kernels().matrices();
    Tensor gram = symmetric(side, m);
    for (int i = 0; i < m; i++) {
      gram.set(i * m + i, Math.abs(gram.get(i * m + i)));
    }
    k.squaredDistances(side.out(Tolerance.steps(3), m, m), gram);
    k.squaredDistances(side.compare(Tolerance.steps(3), gram), gram);
    verifySymmetric(gram);
    for (int i = 0; i < m; i++) {
      assertEquals(0, gram.get(i * m + i), "distance of a sample to itself");
    }
  }

  @Test
  default void keepsNaNInDistances() {
    Side side = new Side(compare().kernels(), DType.F64, DType.F64, 1);
    Tensor gram = side.of(new double[] {1, Double.NaN, Double.NaN, 2}, 2, 2);
    side.kernels().matrices().squaredDistances(gram, gram);
    assertTrue(Double.isNaN(gram.get(1)));
  }

  @Test
  default void factorsAndInvertsPositiveDefiniteMatrices() {
    for (int m : sides()) {
      compare().checkDouble("cholesky " + m, side -> cholesky(side, m));
    }
    compare().checkDouble("cholesky 260", side -> cholesky(side, LARGEST));
  }

  private static void cholesky(Side side, int m) {
    MatrixKernels k = side.kernels().matrices();
    Tensor b = positiveDefinite(side, m);
    // Eigenvalues lie in [1, 6], so both errors are at most some 6 m roundings of numbers below 3.
    Tolerance tolerance = new Tolerance(1, 20.0 * (m + 1));
    Tensor t = side.out(tolerance, m, m);
    k.cholesky(t, b);
    Tensor a = side.out(tolerance, m, m);
    k.choleskyInverse(a, t);
    verifySymmetric(a);
    k.choleskyInverse(side.compare(tolerance, t.copy()), t);
    k.choleskyInverse(t, t);
    for (int i = 0; i < m; i++) {
      for (int j = i + 1; j < m; j++) {
        b.set(i * m + j, Double.NaN); // the upper half is not read
      }
    }
    k.cholesky(side.compare(tolerance, b), b);
  }

  /// `X Xᵀ / m + I`, the same numbers on both sides.
  private static Tensor positiveDefinite(Side side, int m) {
    Tensor x = side.in(m, m);
    Tensor b = side.in(m, m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        double sum = i == j ? 1 : 0;
        for (int l = 0; l < m; l++) {
          sum += x.get(i * m + l) * x.get(j * m + l) / m;
        }
        b.set(i * m + j, sum);
      }
    }
    return b;
  }

  @Test
  default void showsByNaNThatAMatrixHasNoFactor() {
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      for (int at : new int[] {0, 40}) {
        Side side = new Side(compare().kernels(), DType.F64, DType.F64, 1);
        Tensor b = positiveDefinite(side, 50);
        b.set(at * 51, bad);
        MatrixKernels k = side.kernels().matrices();
        k.cholesky(b, b);
        Tensor diagonal = Tensor.zeros(DType.F64, 50);
        k.diagonal(diagonal, b);
        boolean shows = false;
        for (int i = 0; i < 50; i++) {
          shows |= !Double.isFinite(diagonal.get(i));
        }
        assertTrue(shows, bad + " at " + at);
      }
    }
  }

  @Test
  default void sumsProductsAndWalksDiagonals() {
    for (int n : compare().sizes().lengths()) {
      compare()
          .checkDouble(
              "dot " + n,
              side ->
                  side.kernels()
                      .matrices()
                      .dot(side.out(Tolerance.sum(n), 1), side.in(n), side.in(n)));
    }
    for (int m : sides()) {
      compare().checkDouble("diagonals " + m, side -> diagonals(side, m));
    }
  }

  private static void diagonals(Side side, int m) {
    MatrixKernels k = side.kernels().matrices();
    Tensor x = side.in(m, m);
    k.diagonal(side.out(Tolerance.EXACT, m), x);
    k.addDiagonal(side.compare(Tolerance.steps(2), x), -0.75, side.in(m));
    k.addDiagonal(x, 2, side.in(1));
  }

  @Test
  default void refusesWhatIsNotSquareOrNotDouble() {
    MatrixKernels k = compare().kernels().matrices();
    Tensor wide = Tensor.zeros(DType.F64, 2, 3);
    Tensor single = Tensor.zeros(DType.F32, 2, 2);
    Tensor square = Tensor.zeros(DType.F64, 2, 2);
    for (Tensor bad : List.of(wide, single, Tensor.zeros(DType.F64, 3, 3))) {
      assertThrows(IllegalArgumentException.class, () -> k.center(square, bad));
      assertThrows(IllegalArgumentException.class, () -> k.cholesky(square, bad));
      assertThrows(IllegalArgumentException.class, () -> k.choleskyInverse(square, bad));
      assertThrows(IllegalArgumentException.class, () -> k.squaredDistances(square, bad));
    }
    assertThrows(IllegalArgumentException.class, () -> k.symmetricProduct(single, wide, wide));
    assertThrows(IllegalArgumentException.class, () -> k.symmetricProduct(square, wide, square));
    assertThrows(IllegalArgumentException.class, () -> k.dot(wide, square, square));
    assertThrows(IllegalArgumentException.class, () -> k.diagonal(wide, square));
    assertThrows(IllegalArgumentException.class, () -> k.addDiagonal(square, 1, wide));
  }
}
