package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.Tensor;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The stated errors of the exponentials in double, against decimal arithmetic of 50 digits, and
/// their ends.
class DoubleFunctionAccuracyTest {
  private static final MathContext DIGITS = new MathContext(50);
  private static final int SAMPLES = 3000;
  private static final Kernels VECTOR = new VectorKernels(1, new ReferenceKernels());

  private static final double[] EDGES = {
    0.0,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    709.782712893384,
    709.7827128933841,
    -745.1332191019411,
    -745.1332191019412,
    -746,
    1e-20,
    -1e-19,
    -708.3964185322641,
    -740.25
  };

  @ParameterizedTest
  @CsvSource({"EXP, 709, 0.95", "EXP, 1, 0.95", "EXPM1, 709, 1.8", "EXPM1, 0.5, 1.8"})
  void exponentialsStayWithinTheirStatedErrors(Function f, double range, double ulps) {
    Random random = new Random(3);
    double[] x = random.doubles(SAMPLES, -range, range).toArray();
    for (int i = 0; i < SAMPLES / 10; i++) {
      x[i] *= StrictMath.pow(2, -random.nextInt(40));
    }
    double[] y = new double[SAMPLES];
    VECTOR.map(Tensor.of(y), Tensor.of(x), f);
    double worst = 0;
    double at = 0;
    for (int i = 0; i < SAMPLES; i++) {
      BigDecimal want = exp(x[i]).subtract(f == Function.EXP ? BigDecimal.ZERO : BigDecimal.ONE);
      double off = new BigDecimal(y[i]).subtract(want).doubleValue();
      double error = Math.abs(off) / Math.ulp(want.doubleValue());
      at = error > worst ? x[i] : at;
      worst = Math.max(worst, error);
    }
    assertTrue(worst <= ulps, "%.3f ulp at %s, stated %s".formatted(worst, at, ulps));
  }

  /// By `exp(x) = exp(x / 2¹³)^(2¹³)` and the series.
  private static BigDecimal exp(double x) {
    int halvings = 13;
    BigDecimal small = new BigDecimal(x).divide(new BigDecimal(1 << halvings), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 26; i++) {
      term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    for (int i = 0; i < halvings; i++) {
      sum = sum.multiply(sum, DIGITS);
    }
    return sum;
  }

  /// StrictMath is within one ulp; so the ends, which are exact or subnormal, differ by at most one
  /// last place.
  @ParameterizedTest
  @EnumSource(
      value = Function.class,
      names = {"EXP", "EXPM1"})
  void theEndsAreThoseOfStrictMath(Function f) {
    double[] y = new double[EDGES.length];
    VECTOR.map(Tensor.of(y), Tensor.of(EDGES), f);
    for (int i = 0; i < y.length; i++) {
      double want = f == Function.EXP ? StrictMath.exp(EDGES[i]) : StrictMath.expm1(EDGES[i]);
      double room = Double.isFinite(want) ? Math.ulp(want) : 0;
      assertEquals(want, y[i], room, f + " of " + EDGES[i]);
      if (want == 0) {
        assertEquals(1 / want, 1 / y[i], "sign of " + f + " of " + EDGES[i]);
      }
    }
  }
}
