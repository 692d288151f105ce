package dev.lamina.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.LayerAtWork;
import dev.lamina.testkit.Numbers;
import org.junit.jupiter.api.Test;

/// Grouping, divisive normalization and dropout for SELU as `specs/phsic.md`, sections 14 and 18,
/// want them.
class GroupPropertiesTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final int BATCH = 3;
  private static final int GROUPS = 3;
  private static final Shape MAP = Shape.of(2, 4, 6);

  private final Tensor x = NUMBERS.normal("x", MAP.batch(BATCH).axes());

  private static LayerAtWork on(Tensor x, Layer layer) {
    return LayerAtWork.on(x, layer, K, new Philox(NUMBERS.seed(), K));
  }

  private static Tensor divided(Tensor x, double power, double delta) {
    return on(x, new DivisiveNorm(MAP, DType.F64, GROUPS, power, delta)).forward(Mode.LEARN);
  }

  private static Tensor grouped(Tensor x, double power, double delta) {
    return on(x, new Grouping(MAP, DType.F64, GROUPS, power, delta, false)).forward(Mode.LEARN);
  }

  private static Tensor scaled(Tensor x, double a, double b) {
    Tensor scaled = x.copy();
    K.affine(scaled, x, a, b);
    return scaled;
  }

  /// Sums over each group of a map, `[n, G]`.
  private static double[] groupSums(Tensor t) {
    double[] sums = new double[BATCH * GROUPS];
    for (int i = 0; i < t.size(); i++) {
      sums[i / MAP.size() * GROUPS + i % 6 / 2] += t.get(i);
    }
    return sums;
  }

  @Test
  void aConstantOnAGroupChangesNothing() {
    Tensor shifted = scaled(x, 1, 7);
    Close.verify("r, seed " + NUMBERS.seed(), divided(x, 0.2, 1), divided(shifted, 0.2, 1));
    Close.verify("v", grouped(x, 0.8, 1), grouped(shifted, 0.8, 1));
  }

  @Test
  void everyGroupOfTheQuotientAndOfBothGradientsSumsToZero() {
    Tensor g = NUMBERS.normal("g", MAP.batch(BATCH).axes());
    LayerAtWork division = on(x, new DivisiveNorm(MAP, DType.F64, GROUPS, 0.5, 1));
    LayerAtWork grouping = on(x, new Grouping(MAP, DType.F64, GROUPS, 0.8, 1, true));
    grouping.forward(Mode.LEARN);
    Tensor gv = NUMBERS.normal("gv", BATCH, GROUPS);
    for (Tensor t :
        new Tensor[] {division.forward(Mode.LEARN), division.backward(g), grouping.backward(gv)}) {
      for (double sum : groupSums(t)) {
        assertEquals(0, sum, 1e-12, "seed " + NUMBERS.seed());
      }
    }
  }

  @Test
  void withoutDeltaTheQuotientOfAMultipleIsAMultiple() {
    double power = 0.2;
    Tensor want = scaled(divided(x, power, 0), StrictMath.pow(3, 1 - 2 * power), 0);
    Close.verify("c^(1-2p) r", want, divided(scaled(x, 3, 0), power, 0));
  }

  @Test
  void withoutDeltaARootGivesVarianceOne() {
    Tensor r = divided(x, 0.5, 0);
    K.combine(r, r, r, Operation.MULTIPLY);
    for (double sum : groupSums(r)) {
      assertEquals(MAP.size() / (double) GROUPS, sum, 1e-12, "seed " + NUMBERS.seed());
    }
  }

  /// `dv/dz = (2q/n) r` where q = 1 - p: the Hebbian identity.
  @Test
  void theGradientOfAGroupIsItsQuotientWhereThePowersMeet() {
    double q = 0.8;
    LayerAtWork grouping = on(x, new Grouping(MAP, DType.F64, GROUPS, q, 1, false));
    grouping.forward(Mode.LEARN);
    Tensor ones = Tensor.zeros(DType.F64, BATCH, GROUPS);
    K.fill(ones, 1);
    double n = MAP.size() / (double) GROUPS;
    Tensor want = scaled(divided(x, 1 - q, 1), 2 * q / n, 0);
    Close.verify("dv/dz", want, grouping.backward(ones));
  }

  @Test
  void aConstantGroupGivesZeroAndNoGradient() {
    Tensor constant = x.copy();
    K.fill(constant, 0.7);
    Tensor g = NUMBERS.normal("g", MAP.batch(BATCH).axes());
    Tensor gv = NUMBERS.normal("gv", BATCH, GROUPS);
    for (double power : new double[] {0.2, 0.5}) {
      LayerAtWork division = on(constant, new DivisiveNorm(MAP, DType.F64, GROUPS, power, 0));
      assertZero(division.forward(Mode.LEARN));
      assertZero(division.backward(g));
      LayerAtWork grouping = on(constant, new Grouping(MAP, DType.F64, GROUPS, power, 0, false));
      assertZero(grouping.forward(Mode.LEARN));
      assertZero(grouping.backward(gv));
    }
  }

  private static void assertZero(Tensor t) {
    for (double v : t.toDoubles()) {
      assertTrue(v == 0, t::toString);
    }
  }

  @Test
  void groupsMustBeEqualAndOfTwoNeurons() {
    assertRefused("4 groups do not divide the 6 channels of [6]", Shape.of(6), 4);
    assertRefused("6 groups do not divide the 6 channels of [6]", Shape.of(6), 6);
  }

  private static void assertRefused(String start, Shape shape, int groups) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new DivisiveNorm(shape, DType.F64, groups, 0.5, 1));
    assertEquals(start + " into groups of at least 2 neurons", error.getMessage());
  }

  @Test
  void nothingIsDroppedWithProbabilityZeroOrInEvaluation() {
    for (Dropout.By by : Dropout.By.values()) {
      assertArrayEquals(
          x.toDoubles(), on(x, new AlphaDropout(MAP, 0, by)).forward(Mode.LEARN).toDoubles());
      assertArrayEquals(
          x.toDoubles(), on(x, new AlphaDropout(MAP, 0.3, by)).forward(Mode.EVALUATE).toDoubles());
      assertArrayEquals(
          x.toDoubles(), on(x, new Dropout(MAP, 0.3, by)).forward(Mode.BATCH).toDoubles());
    }
  }

  @Test
  void aChannelIsDroppedWhole() {
    Tensor ones = x.copy();
    K.fill(ones, 1);
    Tensor y = on(ones, new Dropout(MAP, 0.5, Dropout.By.CHANNEL)).forward(Mode.LEARN);
    boolean some = false;
    for (int i = 0; i < y.size(); i++) {
      int first = i / MAP.size() * MAP.size() + i % 6;
      assertEquals(y.get(first), y.get(i), "seed " + NUMBERS.seed());
      some |= y.get(i) == 0;
    }
    assertTrue(some, "18 channels were all kept, seed " + NUMBERS.seed());
  }

  /// With 100,000 elements the means of x and of its square are within 5/√n of theirs, up to the
  /// fourth moment of the mixture (below 4).
  @Test
  void standardNumbersKeepMeanAndVariance() {
    int n = 100_000;
    Tensor z = NUMBERS.normal("z", 1, n);
    AlphaDropout layer = new AlphaDropout(Shape.of(n), 0.2, Dropout.By.ELEMENT);
    double[] y = on(z, layer).forward(Mode.LEARN).toDoubles();
    double mean = 0;
    double square = 0;
    for (double v : y) {
      mean += v / n;
      square += v * v / n;
    }
    double bound = 10 / Math.sqrt(n);
    assertEquals(0, mean, bound, "seed " + NUMBERS.seed());
    assertEquals(1, square - mean * mean, bound, "seed " + NUMBERS.seed());
  }
}
