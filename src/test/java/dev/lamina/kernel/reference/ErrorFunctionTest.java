package dev.lamina.kernel.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/// The wanted values are those of the C library (`erf` and `erfc` of glibc, below one ulp).
class ErrorFunctionTest {
  private static final double[][] ERF = {
    {1e-10, 1.1283791670955126e-10},
    {0.5, 0.5204998778130465},
    {1, 0.8427007929497149},
    {2, 0.9953222650189527},
    {2.99, 0.9999764743969194},
    {3, 0.9999779095030014},
    {5, 0.9999999999984626},
    {7, 1},
  };

  private static final double[][] ERFC = {
    {3, 2.2090496998585438e-5},
    {4, 1.541725790028002e-8},
    {6, 2.1519736712498916e-17},
    {10, 2.088487583762545e-45},
    {-1, 1.842700792949715},
  };

  @Test
  void isOddAndRightToAFewUlp() {
    for (double[] row : ERF) {
      assertEquals(row[1], ErrorFunction.erf(row[0]), 4 * Math.ulp(row[1]), "erf " + row[0]);
      assertEquals(-row[1], ErrorFunction.erf(-row[0]), 4 * Math.ulp(row[1]), "erf -" + row[0]);
    }
  }

  @Test
  void complementKeepsItsRelativeAccuracyWhereItIsSmall() {
    for (double[] row : ERFC) {
      assertEquals(row[1], ErrorFunction.erfc(row[0]), 1e-12 * row[1], "erfc " + row[0]);
    }
  }

  @Test
  void knowsTheEdges() {
    assertEquals(0.0, ErrorFunction.erf(0));
    assertEquals(1.0, ErrorFunction.erf(Double.POSITIVE_INFINITY));
    assertEquals(-1.0, ErrorFunction.erf(Double.NEGATIVE_INFINITY));
    assertEquals(Double.NaN, ErrorFunction.erf(Double.NaN));
  }
}
