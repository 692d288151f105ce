package dev.lamina.rule.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Numbers;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Feedback alignment on two blocks of a network whose other blocks send errors by their weights.
class MixedTransportTest {
  private static final Kernels K = new ReferenceKernels();
  private static final int SAMPLES = 8;
  private static final int CLASSES = 3;
  private static final List<String> BLOCKS = List.of("h1", "h2", "h3", "out");
  private static final Dataset DATA = data();

  private static Dataset data() {
    Tensor numbers = Numbers.of(K, DType.F64).normal("x", SAMPLES, 6);
    float[][] x = new float[SAMPLES][6];
    for (int i = 0; i < numbers.size(); i++) {
      x[i / 6][i % 6] = (float) numbers.get(i);
    }
    return Dataset.of(x, IntStream.range(0, SAMPLES).map(i -> i % CLASSES).toArray());
  }

  /// A network in which the named blocks send errors by fixed random weights.
  private static Network network(String... aligned) {
    List<Settings> blocks = new ArrayList<>();
    for (String name : BLOCKS) {
      Settings width = Settings.empty().with("outputs", name.equals("out") ? CLASSES : 5);
      List<Described> layers =
          name.equals("out")
              ? List.of(new Described("dense", width))
              : List.of(
                  Described.of("flatten"), new Described("dense", width), Described.of("tanh"));
      boolean isAligned = Arrays.asList(aligned).contains(name);
      Described rule = Described.of(isAligned ? "feedback-alignment" : "backprop");
      blocks.add(Settings.empty().with("name", name).with("layers", layers).with("rule", rule));
    }
    Settings description = Settings.empty().with("type", "f64").with("blocks", blocks);
    return new NetworkBuilder(new Philox(1, K), K).build(description, DATA.sample(), CLASSES);
  }

  private static NetworkLearner learner(Network network) {
    Phase phase =
        new Phase(
            "phase",
            BLOCKS,
            1,
            SAMPLES,
            false,
            false,
            Described.of("sgd"),
            0.1,
            Described.of("constant"),
            EvaluationPlan.AT_THE_END);
    return new NetworkLearner(network, phase, 0, SAMPLES, K, new Philox(1, K));
  }

  private static void step(NetworkLearner learner, int update) {
    learner.step(DATA, IntStream.range(0, SAMPLES).toArray(), 0, SAMPLES, 0, update);
  }

  private static double[] weight(Network network, int block) {
    return network.blocks().get(block).projection().weight().value().toDoubles();
  }

  @Test
  void aBlockSendsByItsOwnMatrixAndThoseBelowLearnFromWhatArrives() {
    Network backprop = network();
    Network mixed = network("h2", "h3");
    step(learner(backprop), 0);
    step(learner(mixed), 0);
    assertArrayEquals(weight(backprop, 3), weight(mixed, 3));
    assertArrayEquals(weight(backprop, 2), weight(mixed, 2));
    assertFalse(Arrays.equals(weight(backprop, 1), weight(mixed, 1)), "h3 sent by its weights");
    assertFalse(Arrays.equals(weight(backprop, 0), weight(mixed, 0)), "h2 sent by its weights");
  }

  @Test
  void feedbackThatIsTheWeightsIsBackPropagation() {
    Network backprop = network();
    Network mixed = network("h2", "h3");
    NetworkLearner learner = learner(mixed);
    Map<String, Tensor> state = learner.state();
    for (int b = 1; b <= 2; b++) {
      Tensor feedback = state.get(BLOCKS.get(b) + ".rule.dense.feedback");
      feedback.copyFrom(mixed.blocks().get(b).projection().weight().value());
    }
    step(learner(backprop), 0);
    step(learner, 0);
    for (int b = 0; b < BLOCKS.size(); b++) {
      assertArrayEquals(weight(backprop, b), weight(mixed, b), BLOCKS.get(b));
    }
  }
}
