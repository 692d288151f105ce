package dev.lamina.rule.objective;

import static dev.lamina.rule.objective.Activities.K;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Numbers;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules with local objectives in a network that trains: two hidden blocks below an output block.
class LocalLearningTest {
  private static final int SAMPLES = 12;
  private static final int CLASSES = 3;
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);
  private static final Dataset DATA = data();

  private static Dataset data() {
    float[][] x = new float[SAMPLES][5];
    Tensor numbers = NUMBERS.normal("x", SAMPLES, 5);
    for (int i = 0; i < numbers.size(); i++) {
      x[i / 5][i % 5] = (float) numbers.get(i);
    }
    double[] labels = NUMBERS.labels("y", SAMPLES, CLASSES).toDoubles();
    return Dataset.of(x, Arrays.stream(labels).mapToInt(y -> (int) y).toArray());
  }

  static Stream<Described> rules() {
    Settings grouped = Settings.empty().with("groups", 4).with("kernel", "gaussian");
    return Stream.of(
        Described.of("phsic"),
        new Described("phsic", grouped),
        Described.of("layer-wise"),
        new Described("layer-wise", Settings.empty().with("feedback", "fixed")));
  }

  private static Network network(Described rule, double rate) {
    List<Described> layers =
        List.of(
            Described.of("flatten"),
            new Described("dense", Settings.empty().with("outputs", 8).with("bias", false)),
            Described.of("leaky-relu"),
            Described.of("dropout"));
    Settings h1 = block("h1", layers).with("rule", rule).with("rate", rate);
    Settings h2 = block("h2", layers).with("rule", rule).with("rate", rate);
    Settings description =
        Settings.empty()
            .with("type", "f64")
            .with("blocks", List.of(h1, h2, block("out", List.of(Described.of("dense")))));
    return new NetworkBuilder(new Philox(1, K), K).build(description, DATA.sample(), CLASSES);
  }

  private static Settings block(String name, List<Described> layers) {
    return Settings.empty().with("name", name).with("layers", layers);
  }

  private static NetworkLearner learner(Network network) {
    Phase phase =
        new Phase(
            "phase",
            List.of("h1", "h2", "out"),
            1,
            SAMPLES,
            false,
            false,
            new Described("sgd", Settings.empty().with("momentum", 0.9).with("decay", 1e-3)),
            0.1,
            Described.of("constant"),
            EvaluationPlan.AT_THE_END);
    return new NetworkLearner(network, phase, 0, SAMPLES, K, new Philox(1, K));
  }

  private static void train(NetworkLearner learner, int steps) {
    int[] order = IntStream.range(0, SAMPLES).toArray();
    for (int i = 0; i < steps; i++) {
      learner.step(DATA, order, 0, SAMPLES, 0, i);
    }
  }

  private static Tensor weight(Network network, int block) {
    return network.blocks().get(block).projection().weight().value();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatLiesAboveABlockDoesNotChangeWhatItLearns(Described rule) {
    Network one = network(rule, 0.3);
    Network other = network(rule, 0.3);
    K.affine(weight(other, 1), weight(other, 1), -2, 0.1);
    K.affine(weight(other, 2), weight(other, 2), 3, 0);
    double[] before = weight(one, 0).toDoubles();
    train(learner(one), 3);
    train(learner(other), 3);
    assertFalse(Arrays.equals(before, weight(one, 0).toDoubles()), "nothing was learned");
    assertArrayEquals(weight(one, 0).toDoubles(), weight(other, 0).toDoubles());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aRateOfZeroLeavesTheHiddenWeightsAsTheyAreAndMeasuresTheirLoss(Described rule) {
    Network network = network(rule, 0);
    double[] h1 = weight(network, 0).toDoubles();
    double[] out = weight(network, 2).toDoubles();
    NetworkLearner learner = learner(network);
    train(learner, 5);
    assertArrayEquals(h1, weight(network, 0).toDoubles());
    assertFalse(Arrays.equals(out, weight(network, 2).toDoubles()), "the output has not learned");
    Figures figures = new Figures();
    learner.figures(figures);
    assertTrue(figures.values().keySet().containsAll(List.of("h1_loss", "h2_loss", "train_loss")));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void lossesAreMeansSinceTheEpochBegan(Described rule) {
    NetworkLearner learner = learner(network(rule, 0.3));
    train(learner, 4);
    learner.startEpoch();
    train(learner, 1);
    double last = loss(learner);
    learner.startEpoch();
    train(learner, 1);
    train(learner, 1);
    assertTrue(last != loss(learner));
  }

  private static double loss(NetworkLearner learner) {
    Figures figures = new Figures();
    learner.figures(figures);
    return figures.values().get("h2_loss");
  }

  @Test
  void aLossThatIsNoNumberStopsWithBlockStepAndLosses() {
    for (String rule : List.of("phsic", "layer-wise")) {
      Network network = network(Described.of(rule), 0.3);
      weight(network, 1).set(0, Double.NaN);
      LaminaException e = assertThrows(LaminaException.class, () -> train(learner(network), 1));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("block 'h2' at update 0 of epoch 0: "), message);
      assertTrue(message.contains("losses below: h1 "), message);
    }
  }

  @Test
  void aProbeMeasuresTheObjectiveOfBlocksThatLearnByAnotherRule() {
    Settings settings = Settings.empty().with("block", "h2").with("groups", 4);
    Network probed = network(Described.of("backprop"), 0.3);
    Network alone = network(Described.of("backprop"), 0.3);
    NetworkLearner learner = learner(probed, List.of(new Described("phsic", settings)));
    train(learner, 3);
    train(learner(alone, List.of()), 3);
    Figures figures = new Figures();
    learner.figures(figures);
    assertTrue(Double.isFinite(figures.values().get("h2_phsic")), figures.values().toString());
    assertArrayEquals(weight(alone, 0).toDoubles(), weight(probed, 0).toDoubles());
  }

  private static NetworkLearner learner(Network network, List<Described> probes) {
    Settings phase =
        Settings.empty()
            .with("name", "phase")
            .with("learn", List.of("h1", "h2", "out"))
            .with("epochs", 1)
            .with("batch", SAMPLES)
            .with("probes", probes);
    return new NetworkLearner(network, Phase.of(phase), 0, SAMPLES, K, new Philox(1, K));
  }

  @Test
  void aProbeThatDoesNotFitItsBlockSaysSo() {
    Settings settings = Settings.empty().with("block", "h1").with("groups", 5);
    Network network = network(Described.of("backprop"), 0.3);
    LaminaException e =
        assertThrows(
            LaminaException.class,
            () -> learner(network, List.of(new Described("phsic", settings))));
    assertEquals(
        "probe phsic of block 'h1': 5 groups do not divide the 8 channels of [8]", e.getMessage());
  }
}
