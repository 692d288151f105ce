package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerPowerTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 64, 1000, 99_999})
  void isThePowerUpToItsRoundings(long n) {
    for (double base : new double[] {0.5, 0.9, 0.999, 1, 1.0001}) {
      double expected = StrictMath.pow(base, (double) n);
      // each squaring doubles the relative error before it: n halves of an ulp in all, at most
      double tolerance = Math.max(1, n) * Math.ulp(expected);
      assertEquals(expected, IntegerPower.of(base, n), tolerance, base + "^" + n);
    }
  }
}
