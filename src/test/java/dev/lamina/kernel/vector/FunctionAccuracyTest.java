package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Activation.Kind;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The stated errors of the functions, in units in the last place, over a dense sample of all
/// floats.
///
/// The sample takes every 3001st bit pattern (1.4 million floats: all exponents, subnormal numbers,
/// both infinities, NaN) and the edges by name. What is expected comes from the reference tier in
/// double; where a result is subnormal, an ulp is the smallest float.
class FunctionAccuracyTest {
  private static final int STRIDE = 3001;
  private static final Kernels REFERENCE = new ReferenceKernels();
  private static final Kernels VECTOR = new VectorKernels(1, REFERENCE);

  private static final float[] EDGES = {
    0f,
    -0f,
    1f,
    -1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    88.72283f,
    88.72284f,
    -87.33654f,
    -87.33655f,
    -103.97f,
    -103.98f,
    0.9375f,
    1.4142135f,
    1.4142137f
  };

  @ParameterizedTest
  @CsvSource({
    "EXP, 0.86", "EXPM1, 1.4", "LOG, 0.84", "LOG1P, 0.86", "TANH, 2.5", "ERF, 1.0",
    "SQRT, 0.5", "ABS, 0", "SIGN, 0", "SQUARE, 0.5", "RECIPROCAL, 0.5", "NEGATE, 0"
  })
  void mapStaysWithinItsStatedError(Function f, double ulps) {
    assertWithin(
        ulps, sample(-Float.MAX_VALUE, Float.MAX_VALUE), 0, (k, t) -> k.map(t[0], t[1], f));
  }

  @ParameterizedTest
  @CsvSource({"0.7, 1.4", "1.4, 1.4", "0.4, 1.4", "2, 0.5", "3, 1.4", "15, 3.1"})
  void powersStayWithinTheirStatedError(float p, double ulps) {
    Activation f = new Activation(Kind.REPU, p);
    List<Float> positive = sample(0, Float.MAX_VALUE);
    assertWithin(ulps, positive, Float.MIN_NORMAL, (k, t) -> k.activate(t[0], t[1], f));
  }

  @Test
  void sigmoidStaysWithinItsStatedError() {
    Activation f = Activation.of(Kind.SIGMOID);
    List<Float> all = sample(-Float.MAX_VALUE, Float.MAX_VALUE);
    assertWithin(2.2, all, Float.MIN_NORMAL, (k, t) -> k.activate(t[0], t[1], f));
  }

  /// Every function keeps NaN, whatever its payload and sign.
  @ParameterizedTest
  @EnumSource(Function.class)
  void everyNaNStaysNaN(Function f) {
    float[] x = new float[100];
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat((i % 2 == 0 ? 0x7F800001 : 0xFF800001) + 82_001 * i);
    }
    float[] y = new float[x.length];
    VECTOR.map(Tensor.of(y), Tensor.of(x), f);
    for (int i = 0; i < y.length; i++) {
      assertTrue(Float.isNaN(y[i]), f + " made a number of " + Integer.toHexString(i));
    }
  }

  private static List<Float> sample(float least, float most) {
    List<Float> floats = new ArrayList<>();
    for (float edge : EDGES) {
      add(floats, edge, least, most);
    }
    for (long bits = 0; bits < 1L << 32; bits += STRIDE) {
      add(floats, Float.intBitsToFloat((int) bits), least, most);
    }
    return floats;
  }

  private static void add(List<Float> floats, float x, float least, float most) {
    boolean inside = x >= least && x <= most;
    boolean infinite = x == Float.POSITIVE_INFINITY || (x == Float.NEGATIVE_INFINITY && least < 0);
    if (inside || infinite || Float.isNaN(x)) {
      floats.add(x);
    }
  }

  /// @param flushed results below it may be 0
  private static void assertWithin(
      double ulps, List<Float> floats, double flushed, BiConsumer<Kernels, Tensor[]> call) {
    Tensor x = Tensor.zeros(DType.F32, floats.size());
    Tensor exact = Tensor.zeros(DType.F64, floats.size());
    for (int i = 0; i < floats.size(); i++) {
      x.floats()[i] = floats.get(i);
      exact.doubles()[i] = floats.get(i);
    }
    Tensor y = Tensor.zeros(DType.F32, floats.size());
    call.accept(VECTOR, new Tensor[] {y, x});
    call.accept(REFERENCE, new Tensor[] {exact, exact});
    double worst = 0;
    float at = 0;
    for (int i = 0; i < floats.size(); i++) {
      double error = error(y.floats()[i], exact.doubles()[i], flushed, x.floats()[i]);
      at = error > worst ? x.floats()[i] : at;
      worst = Math.max(worst, error);
    }
    assertTrue(worst <= ulps, "%.3f ulp at %s, stated %s".formatted(worst, at, ulps));
  }

  private static double error(float got, double want, double flushed, float x) {
    float rounded = (float) want;
    if (Float.isNaN(rounded) || Float.isInfinite(rounded) || !Float.isFinite(got)) {
      assertEquals(rounded, got, "f(" + x + ")");
      return 0;
    }
    if (got == 0 && Math.abs(want) < flushed) {
      return 0;
    }
    return Math.abs(got - want) / Math.ulp(rounded);
  }
}
