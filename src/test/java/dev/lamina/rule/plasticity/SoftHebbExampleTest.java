package dev.lamina.rule.plasticity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Competition;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The worked example of `specs/softhebb.md`, section 28.
class SoftHebbExampleTest {
  /// Half a unit of the last printed digit.
  private static final double PRINTED = 5e-10;

  private static Tensor weights() {
    return Tensor.of(new double[] {2, 0, 0, 1.5}, 2, 2);
  }

  private static Tensor batch() {
    return Tensor.of(new double[] {1, .5, .2, 1}, 2, 2);
  }

  @Test
  void losersUnlearnWhatTheWinnerLearns() {
    Neurons neurons = Neurons.dense(weights(), Neurons.rule(Competition.Form.SOFT_ANTI, 1));
    check(neurons.learning().eta(), .1, .070710678);
    neurons.learn(batch());
    check(neurons.u(), 2, .75, .4, 1.5);
    check(neurons.y(), .777299861, -.222700139, -.249739894, .750260106);
    check(neurons.learning().delta(), -2.182055647, .138910036, -.072648118, -.798637545);
    check(neurons.learning().most(), 2.182055647);
    check(neurons.w(), 1.9, .006366017, -.002354201, 1.474119724);
    check(neurons.learning().eta(), .094868892, .068856489);
    check(Tensor.of(norms(neurons.w())), 1.900010665, 1.474121604);
  }

  @Test
  void onlyTheWinnerLearnsFromAHardCompetition() {
    Neurons neurons = Neurons.dense(weights(), Neurons.rule(Competition.Form.HARD, 1));
    neurons.learn(batch());
    check(neurons.learning().delta(), -3, .5, .2, -1.25);
    check(neurons.learning().most(), 3);
  }

  @Test
  void theBiasOfAFrequentWinnerGrows() {
    Neurons neurons = Neurons.dense(weights(), Neurons.rule(Competition.Form.SOFT, 1), true);
    Tensor bias = neurons.layer().bias().value();
    Neurons.K.fill(bias, -Math.log(2));
    neurons.learn(batch());
    Tensor change = neurons.learning().biasDelta().orElseThrow();
    // printed from a rounded Σ S, divided by e = 1/2
    assertArrayEquals(new double[] {.054079512, -.054079512}, change.toDoubles(), PRINTED / .5);
    check(bias, -Math.log(2) + .1, -Math.log(2) - .070710678);
  }

  @Test
  void theTriangleKeepsWhatIsAboveTheMean() {
    Tensor u = Tensor.of(new double[] {2, .75, .4, 1.5}, 2, 2);
    Tensor y = Tensor.zeros(DType.F64, 2, 2);
    Neurons.K.activate(y, u, new Activation(Activation.Kind.TRIANGLE, .7));
    check(y, .719641189, 0, 0, .658042408);
  }

  private static double[] norms(Tensor w) {
    return WeightStatistics.of(w, 2).norms().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void check(Tensor got, double... want) {
    assertArrayEquals(want, got.toDoubles(), PRINTED);
  }
}
