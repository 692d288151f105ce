package dev.lamina.rule.plasticity;

import static dev.lamina.rule.plasticity.Neurons.K;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Competition.Form;
import dev.lamina.kernel.Competition.Soft;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.Numbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The properties of updates in `specs/softhebb.md`, section 26.
class SoftHebbPropertiesTest {
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final String SEED = "seed " + NUMBERS.seed();
  private static final int SAMPLES = 6;
  private static final int INPUTS = 12;
  private static final int OUTPUTS = 5;

  private final Tensor x = NUMBERS.normal("x", SAMPLES, INPUTS);
  private final Tensor w = NUMBERS.normal("w", OUTPUTS, INPUTS);

  private static SoftHebb rule(Form form) {
    return Neurons.rule(new Competition(form, 0.8, 0.3, 3, Soft.EXP));
  }

  /// `x` with the rows in another order.
  private static Tensor rows(Tensor x, int... order) {
    Tensor moved = x.copy();
    for (int i = 0; i < order.length; i++) {
      moved.rows(i, i + 1).copyFrom(x.rows(order[i], order[i] + 1));
    }
    return moved;
  }

  private static Tensor reversed(Tensor x) {
    int n = x.axis(0);
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = n - 1 - i;
    }
    return rows(x, order);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void noWeightMovesFurtherThanItsRate(Form form) {
    Neurons neurons = Neurons.dense(w, rule(form));
    double[] eta = neurons.learning().eta().toDoubles();
    neurons.learn(x);
    double largest = 0;
    for (int i = 0; i < w.size(); i++) {
      double change = Math.abs(neurons.w().get(i) - w.get(i)) / eta[i / INPUTS];
      largest = Math.max(largest, change);
    }
    Tensor most = Tensor.zeros(DType.F64, 1);
    K.largest(most, neurons.learning().delta());
    assertEquals(most.get(0), neurons.learning().most().get(0), SEED);
    Close.verify(
        "one weight moves by its rate, none by more, " + SEED,
        new double[] {1},
        new double[] {largest});
  }

  @Test
  void anInputScaledAgainstTheTemperatureScalesOnlyTheResponses() {
    Tensor doubled = x.copy();
    K.affine(doubled, x, 2, 0);
    Neurons neurons = Neurons.dense(w, Neurons.rule(Form.SOFT_ANTI, 0.8));
    Neurons other = Neurons.dense(w, Neurons.rule(Form.SOFT_ANTI, 0.4));
    neurons.learn(x);
    other.learn(doubled);
    Tensor twice = neurons.u().copy();
    K.affine(twice, twice, 2, 0);
    assertArrayEquals(twice.toDoubles(), other.u().toDoubles(), SEED);
    assertArrayEquals(neurons.y().toDoubles(), other.y().toDoubles(), SEED);
    assertArrayEquals(
        neurons.learning().wins().toDoubles(), other.learning().wins().toDoubles(), SEED);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void theOrderOfSamplesAndNeuronsIsOfNoImportance(Form form) {
    Neurons neurons = Neurons.dense(w, rule(form));
    Neurons otherSamples = Neurons.dense(w, rule(form));
    Neurons otherNeurons = Neurons.dense(reversed(w), rule(form));
    neurons.learn(x);
    otherSamples.learn(reversed(x));
    otherNeurons.learn(x);
    Close.verify("samples, " + SEED, neurons.w(), otherSamples.w());
    Close.verify("neurons, " + SEED, reversed(neurons.w()), otherNeurons.w());
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aConvolutionOverTheWholeMapIsADenseLayer(Form form) {
    Shape map = Shape.of(2, 3, 2);
    Neurons dense = Neurons.dense(w, rule(form));
    Neurons convolution =
        Neurons.onMap(map, new Window(2, 3, 1, 1, 1), w.reshape(map.batch(OUTPUTS)), rule(form));
    dense.learn(x);
    convolution.learn(x.reshape(map.batch(SAMPLES)));
    Close.verify("u, " + SEED, dense.u(), convolution.u());
    Close.verify("Δ, " + SEED, dense.learning().delta(), convolution.learning().delta());
    Close.verify("w, " + SEED, dense.w(), convolution.w());
  }

  @Test
  void aConvolutionOfSinglePixelsIsADenseLayerOverPixels() {
    Shape map = Shape.of(3, 2, INPUTS);
    Tensor images = NUMBERS.normal("images", 4, 3, 2, INPUTS);
    Neurons dense = Neurons.dense(w, rule(Form.SOFT_ANTI));
    Neurons convolution =
        Neurons.onMap(
            map, new Window(1, 1, 1, 1, 1), w.reshape(OUTPUTS, 1, 1, INPUTS), rule(Form.SOFT_ANTI));
    dense.learn(images.reshape(24, INPUTS));
    convolution.learn(images);
    Close.verify("w, " + SEED, dense.w(), convolution.w());
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void groupsAreSeparateLayers(Form form) {
    Window window = new Window(2, 2, 1, 1, 2);
    Window alone = new Window(2, 2, 1, 1, 1);
    Tensor images = NUMBERS.normal("images", 3, 4, 4, 6);
    Tensor weights = NUMBERS.normal("weights", 8, 2, 2, 3);
    Neurons grouped = Neurons.onMap(Shape.of(4, 4, 6), window, weights, rule(form));
    grouped.learn(images);
    for (int g = 0; g < 2; g++) {
      Tensor share = weights.rows(4 * g, 4 * g + 4);
      Neurons separate = Neurons.onMap(Shape.of(4, 4, 3), alone, share, rule(form));
      separate.learn(channels(images, 3 * g, 3));
      String group = "group " + g + ", " + SEED;
      Close.verify(group, separate.w(), grouped.w().rows(4 * g, 4 * g + 4));
      Close.verify(
          group, separate.learning().eta(), grouped.learning().eta().rows(4 * g, 4 * g + 4));
    }
  }

  private static Tensor channels(Tensor images, int from, int count) {
    int all = images.axis(-1);
    int[] axes = images.shape().axes();
    axes[axes.length - 1] = count;
    Tensor part = Tensor.zeros(DType.F64, axes);
    for (int i = 0; i < part.size(); i++) {
      part.set(i, images.get(i / count * all + from + i % count));
    }
    return part;
  }

  /// `w · Δ = c (1 - ‖w‖²)` for the change before normalisation.
  @ParameterizedTest
  @EnumSource(Form.class)
  void theUnnormalisedChangePullsEachNormTowardsOne(Form form) {
    Neurons neurons = Neurons.dense(w, rule(form));
    neurons.learn(x);
    Tensor pull = Tensor.zeros(DType.F64, OUTPUTS, INPUTS);
    K.combine(pull, w, neurons.learning().delta(), Operation.MULTIPLY);
    double[] got = new double[OUTPUTS];
    double[] want = new double[OUTPUTS];
    for (int o = 0; o < OUTPUTS; o++) {
      double squares = 0;
      for (int i = 0; i < INPUTS; i++) {
        got[o] += pull.get(o * INPUTS + i);
        squares += w.get(o * INPUTS + i) * w.get(o * INPUTS + i);
      }
      want[o] = c(neurons, o) * (1 - squares);
    }
    Close.verify("w · Δ, " + SEED, want, got);
  }

  private static double c(Neurons neurons, int o) {
    double c = 0;
    for (int n = 0; n < SAMPLES; n++) {
      c += neurons.y().get(n * OUTPUTS + o) * neurons.u().get(n * OUTPUTS + o);
    }
    return c;
  }

  /// A lone neuron always wins; with positive weights and inputs c = Σ u > 0.
  @Test
  void aNeuronThatWinsApproachesTheUnitNormFromBothSides() {
    Tensor positive = NUMBERS.uniform("positive", SAMPLES, INPUTS);
    for (double start : new double[] {0.3, 3}) {
      Tensor direction = NUMBERS.uniform("direction", 1, INPUTS);
      Tensor norm = Tensor.zeros(DType.F64, 1);
      K.rowNorms(norm, direction, 2);
      K.affine(direction, direction, start / norm.get(0), 0);
      Neurons neuron = Neurons.dense(direction, Neurons.rule(Form.HARD, 1));
      double before = Math.abs(start - 1);
      for (int i = 0; i < 200; i++) {
        neuron.learn(positive);
      }
      double after = WeightStatistics.of(neuron.w(), 2).convergence();
      assertTrue(after < before / 10, () -> "from " + start + " to 1 ± " + after + ", " + SEED);
    }
  }

  @Test
  void normsAboveAndBelowOneByTheSameHaveTheSameRate() {
    for (double distance : new double[] {0.0625, 0.25, 0.5, 1}) {
      Tensor w = Tensor.of(new double[] {1 + distance, 0, 0, 1 - distance}, 2, 2);
      Tensor eta = Neurons.dense(w, Neurons.rule(Form.SOFT, 1)).learning().eta();
      assertEquals(eta.get(0), eta.get(1), "distance " + distance);
    }
  }
}
