package dev.lamina.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.LaminaException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SymmetricEigenTest {
  /// Two products of 7 × 7 matrices: at most 2 · 7 · 7 roundings of numbers up to 10.
  private static final double TOLERANCE = 98 * Math.ulp(10.0);

  @Test
  void findsTheEigenvaluesOfAKnownMatrix() {
    SymmetricEigen eigen = SymmetricEigen.of(new double[] {2, 1, 1, 2}, 2);
    double half = Math.sqrt(0.5);
    assertArrayEquals(new double[] {1, 3}, eigen.values(), TOLERANCE);
    assertArrayEquals(
        new double[] {half, half, -half, half}, withFirstColumnUp(eigen.vectors()), TOLERANCE);
  }

  /// Both components of the first vector are equally large: either may be the positive one.
  private static double[] withFirstColumnUp(double[] v) {
    double sign = Math.signum(v[0]);
    return new double[] {sign * v[0], v[1], sign * v[2], v[3]};
  }

  @Test
  void givesBackTheMatrixAndItsInverse() {
    int n = 7;
    double[] a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        a[i * n + j] = 1.0 / (1 + Math.abs(i - j)) + (i == j ? 1 : 0);
      }
    }
    SymmetricEigen eigen = SymmetricEigen.of(a, n);
    assertArrayEquals(a, eigen.map(s -> s), TOLERANCE);
    double[] inverse = eigen.map(s -> 1 / s);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += a[i * n + k] * inverse[k * n + j];
        }
        assertEquals(i == j ? 1 : 0, sum, TOLERANCE);
      }
    }
    double[] sorted = eigen.values();
    Arrays.sort(sorted);
    assertArrayEquals(sorted, eigen.values());
  }

  @Test
  void leavesItsInputAndCopiesItsOutput() {
    double[] a = {3, 0, 0, 5};
    SymmetricEigen eigen = SymmetricEigen.of(a, 2);
    assertArrayEquals(new double[] {3, 0, 0, 5}, a);
    eigen.values()[0] = 9;
    assertEquals(3, eigen.values()[0], TOLERANCE);
  }

  @Test
  void refusesWhatIsNoMatrix() {
    assertThrows(IllegalArgumentException.class, () -> SymmetricEigen.of(new double[3], 2));
    LaminaException error =
        assertThrows(LaminaException.class, () -> SymmetricEigen.of(new double[] {Double.NaN}, 1));
    assertTrue(error.getMessage().contains("NaN"), error.getMessage());
    assertEquals(0, SymmetricEigen.of(new double[0], 0).values().length);
  }
}
