package dev.lamina.rule.plasticity;

import static dev.lamina.rule.plasticity.Neurons.K;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Competition.Form;
import dev.lamina.kernel.Competition.Soft;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.Numbers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What `specs/softhebb.md`, sections 25 and 26, says of competitions.
class CompetitionPropertiesTest {
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final String SEED = "seed " + NUMBERS.seed();
  private static final int ROWS = 200;
  private static final int NEURONS = 7;
  private static final Tensor U = NUMBERS.normal("u", ROWS, NEURONS);
  private static final Tensor ONES = ones(ROWS);

  private static Tensor compete(Competition how, Tensor u) {
    Tensor y = Tensor.zeros(DType.F64, u.shape());
    Tensor c = Tensor.zeros(DType.F64, u.axis(1));
    K.compete(y, c, Tensor.zeros(DType.F64, 4, u.axis(1)), u, how, 1);
    return y;
  }

  private static Tensor compete(Form form, double inverseTemperature, Tensor u) {
    return compete(Competition.of(form, inverseTemperature), u);
  }

  private static Tensor ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return Tensor.of(ones);
  }

  private static Tensor rowSums(Tensor y) {
    Tensor sums = Tensor.zeros(DType.F64, y.axis(0));
    K.reduce(sums, Reduction.SUM, y, 1);
    return sums;
  }

  private static int winner(Tensor u, int row) {
    int best = 0;
    for (int i = 1; i < NEURONS; i++) {
      best = u.get(row * NEURONS + i) > u.get(row * NEURONS + best) ? i : best;
    }
    return best;
  }

  @Test
  void sharesOfASoftOrHardCompetitionAddUpToOne() {
    Close.verify("soft, " + SEED, ONES, rowSums(compete(Form.SOFT, 1.3, U)));
    Close.verify("hard, " + SEED, ONES, rowSums(compete(Form.HARD, 1.3, U)));
  }

  @Test
  void losersOfASignedCompetitionLoseTheirShare() {
    Tensor s = compete(Form.SOFT, 1.3, U);
    Tensor y = compete(Form.SOFT_ANTI, 1.3, U);
    Tensor sums = rowSums(y);
    double[] want = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      want[row] = 2 * s.get(row * NEURONS + winner(U, row)) - 1;
      assertTrue(sums.get(row) > -1 && sums.get(row) <= 1, SEED);
    }
    Close.verify("sum of signed shares, " + SEED, want, sums.toDoubles());
    for (int i = 0; i < y.size(); i++) {
      assertEquals(s.get(i), Math.abs(y.get(i)), SEED);
    }
  }

  @Test
  void aScaledInputWithACounterScaledTemperatureCompetesTheSame() {
    Tensor doubled = U.copy();
    K.affine(doubled, U, 2, 0);
    for (Form form : Form.values()) {
      Competition how = new Competition(form, 1.3, .3, 2, Soft.EXP);
      Competition counter = new Competition(form, 1.3 / 2, .3, 2, Soft.EXP);
      assertArrayEquals(
          compete(how, U).toDoubles(), compete(counter, doubled).toDoubles(), form + ", " + SEED);
    }
  }

  @Test
  void aColdCompetitionIsAHardOne() {
    double cold = 1e9; // gaps of 1e-6 between first and second still decide completely
    double[] hard = compete(Form.HARD, 1, U).toDoubles();
    assertArrayEquals(hard, compete(Form.SOFT, cold, U).toDoubles(), SEED);
    double[] signed = compete(Form.SOFT_ANTI, cold, U).toDoubles();
    assertArrayEquals(hard, Arrays.stream(signed).map(v -> v + 0.0).toArray(), SEED);
  }

  @Test
  void anInfinitelyHotCompetitionIsUndecided() {
    double[] shares = compete(Form.SOFT, 0, U).toDoubles();
    double[] equal = new double[shares.length];
    Arrays.fill(equal, 1.0 / NEURONS);
    Close.verify("shares at T = 0", equal, shares);
  }

  @Test
  void theLowestOfEqualNeuronsWins() {
    Tensor equal = Tensor.of(new double[] {1, 3, 3, 2, 3}, 1, 5);
    assertArrayEquals(new double[] {0, 1, 0, 0, 0}, compete(Form.HARD, 1, equal).toDoubles());
    double[] y = compete(Form.SOFT_ANTI, 1, equal).toDoubles();
    assertEquals(y[1], -y[2]);
    assertEquals(y[2], y[4]);
    assertTrue(y[1] > 0);
  }

  @Test
  void nobodyAnswersWhereNoResponseIsPositive() {
    Tensor negative = Tensor.of(new double[] {-1, -2, -3, 1, -1, 1}, 2, 3);
    for (Soft function : new Soft[] {Soft.RELU, Soft.REPU}) {
      Competition how = new Competition(Form.SOFT, 1, 0, 1, function);
      assertArrayEquals(
          new double[] {0, 0, 0, .5, 0, .5}, compete(how, negative).toDoubles(), function.name());
    }
  }

  @Test
  void aLoneNeuronAlwaysWinsCompletely() {
    Tensor alone = NUMBERS.normal("alone", ROWS, 1);
    for (Form form : new Form[] {Form.HARD, Form.SOFT, Form.SOFT_ANTI}) {
      assertArrayEquals(ONES.toDoubles(), compete(form, 1.3, alone).toDoubles(), form.name());
    }
  }
}
