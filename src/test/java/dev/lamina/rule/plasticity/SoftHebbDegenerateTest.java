package dev.lamina.rule.plasticity;

import static dev.lamina.rule.plasticity.Neurons.K;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Competition.Form;
import dev.lamina.kernel.Competition.Soft;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.Numbers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Input at the edge of sense (`specs/softhebb.md`, section 25).
class SoftHebbDegenerateTest {
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);

  private final Tensor x = NUMBERS.normal("x", 4, 6);
  private final Tensor w = NUMBERS.normal("w", 3, 6);

  @ParameterizedTest
  @EnumSource(Form.class)
  void anInputOfZerosChangesNothing(Form form) {
    Competition competition = new Competition(form, 1, 0.3, 2, Soft.EXP);
    Neurons neurons = Neurons.dense(w, Neurons.rule(competition));
    neurons.learn(Tensor.zeros(DType.F64, 4, 6));
    assertArrayEquals(w.toDoubles(), neurons.w().toDoubles());
    assertEquals(0, neurons.learning().most().get(0));
  }

  @Test
  void oneImageIsEnoughForAConvolution() {
    Tensor image = NUMBERS.normal("image", 1, 4, 4, 2);
    Tensor weights = NUMBERS.normal("weights", 3, 2, 2, 2);
    Neurons neurons =
        Neurons.onMap(
            Shape.of(4, 4, 2), new Window(2, 2, 1, 1, 1), weights, Neurons.rule(Form.SOFT_ANTI, 1));
    neurons.learn(image);
    assertTrue(neurons.learning().most().get(0) > 0);
  }

  @Test
  void aNeuronOfUnitNormKeepsASmallRate() {
    Tensor unit = Tensor.of(new double[] {1, 0, 0, 2}, 2, 2);
    Tensor eta = Neurons.dense(unit, Neurons.rule(Form.SOFT, 1)).learning().eta();
    assertEquals(0.1 * StrictMath.pow(1e-10, 0.5), eta.get(0));
  }

  @Test
  void aNeuronOfZerosLearnsFromItsShare() {
    Tensor weights = w.copy();
    K.fill(weights.rows(1, 2), 0);
    Neurons neurons = Neurons.dense(weights, Neurons.rule(Form.SOFT, 1));
    assertEquals(0.1 * StrictMath.pow(1 + 1e-10, 0.5), neurons.learning().eta().get(1));
    neurons.learn(x);
    assertEquals(0, neurons.u().get(1));
    assertTrue(WeightStatistics.of(neurons.w(), 2).norms().get(1) > 0);
  }

  @Test
  void equalNeuronsLearnEquallyInASoftCompetition() {
    Tensor weights = w.copy();
    weights.rows(2, 3).copyFrom(weights.rows(0, 1));
    Neurons neurons = Neurons.dense(weights, Neurons.rule(Form.SOFT, 1));
    neurons.learn(x);
    Tensor delta = neurons.learning().delta();
    assertArrayEquals(delta.rows(0, 1).toDoubles(), delta.rows(2, 3).toDoubles());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void noBrokenNumberReachesTheWeights(double broken) {
    for (Form form : Form.values()) {
      Neurons neurons = Neurons.dense(w, Neurons.rule(new Competition(form, 1, 0.3, 2, Soft.EXP)));
      Tensor bad = x.copy();
      bad.set(7, broken);
      neurons.pass().clock(2, 17);
      LaminaException error = assertThrows(LaminaException.class, () -> neurons.learn(bad));
      assertTrue(error.getMessage().contains("block 'b1'"), error.getMessage());
      assertTrue(error.getMessage().contains("update 17 of epoch 2"), error.getMessage());
      assertArrayEquals(w.toDoubles(), neurons.w().toDoubles(), form.name());
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aBrokenWeightIsNoticed(Form form) {
    Competition competition = new Competition(form, 1, 0.3, 2, Soft.EXP);
    Neurons neurons = Neurons.dense(w, Neurons.rule(competition));
    neurons.w().set(3, Double.NaN);
    assertThrows(LaminaException.class, () -> neurons.learn(x));
  }

  /// With y = 1 the rule sums `x - u w` over what the neuron saw.
  @Test
  void aLoneNeuronFollowsOjasRule() {
    Tensor one = w.rows(0, 1);
    Neurons neuron = Neurons.dense(one, Neurons.rule(Form.SOFT_ANTI, 1));
    neuron.learn(x);
    double[] want = new double[6];
    for (int n = 0; n < 4; n++) {
      for (int i = 0; i < 6; i++) {
        want[i] += x.get(6 * n + i) - neuron.u().get(n) * one.get(i);
      }
    }
    Close.verify("Δ", want, neuron.learning().delta().toDoubles());
  }

  @Test
  void aRankBeyondTheNeuronsIsRefused() {
    Competition fourth = new Competition(Form.HARD_ANTI_SUBTRACT, 1, 0.3, 4, Soft.EXP);
    LaminaException error =
        assertThrows(LaminaException.class, () -> Neurons.dense(w, Neurons.rule(fourth)));
    assertTrue(error.getMessage().contains("rank 4"), error.getMessage());
    assertTrue(error.getMessage().contains("3 neurons"), error.getMessage());
  }

  @Test
  void neuronsBeyondTheTrainedOnesKeepTheirWeights() {
    SoftHebb two =
        new SoftHebb(Optional.of(Competition.of(Form.SOFT, 1)), new Rate.NormDependent(.1, .5), 2);
    Neurons neurons = Neurons.dense(w, two);
    neurons.learn(x);
    assertArrayEquals(w.rows(2, 3).toDoubles(), neurons.w().rows(2, 3).toDoubles());
    assertTrue(neurons.w().get(0) != w.get(0));
  }

  @Test
  void aClassThatWasNeverSeenIsNoLabel() {
    Neurons neurons = Neurons.dense(w, Neurons.rule(Form.SOFT, 1));
    NeuronLabels labels = new NeuronLabels(0, 5, Competition.of(Form.SOFT, 1));
    neurons.see(x);
    for (int i = 0; i < 4; i++) {
      neurons.pass().labels().set(i, i % 2 == 0 ? 1 : 3);
    }
    labels.observe(neurons.pass(), true);
    for (int label : labels.labels()) {
      assertTrue(label == 1 || label == 3, "label " + label);
    }
  }
}
