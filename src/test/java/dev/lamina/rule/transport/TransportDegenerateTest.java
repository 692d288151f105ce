package dev.lamina.rule.transport;

import static dev.lamina.rule.transport.Chained.K;
import static dev.lamina.rule.transport.Chained.NUMBERS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.network.Weights;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Checkpoint;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Degenerate input (`specs/weight-transport.md`, section 9), and trainings that were interrupted.
class TransportDegenerateTest {
  private static final int SAMPLES = 40;
  private static final int BATCH = 8;
  private static final int CLASSES = 4;

  private static Dataset data() {
    Random random = new Random(NUMBERS.seed());
    float[][] x = new float[SAMPLES][9];
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = i % CLASSES;
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = (float) random.nextGaussian() + (j == labels[i] ? 2 : 0);
      }
    }
    return Dataset.of(x, labels);
  }

  private static Network network(String rule, String activation) {
    Settings outputs = Settings.empty().with("outputs", 12);
    Settings hidden =
        Settings.empty()
            .with("name", "hidden")
            .with(
                "layers",
                List.of(
                    Described.of("flatten"),
                    new Described("dense", outputs),
                    Described.of(activation),
                    new Described("dense", outputs),
                    Described.of(activation)));
    Settings output =
        Settings.empty().with("name", "output").with("layers", List.of(Described.of("dense")));
    Settings description =
        Settings.empty().with("rule", rule).with("blocks", List.of(hidden, output));
    return new NetworkBuilder(new Philox(NUMBERS.seed(), K), K)
        .build(description, data().sample(), CLASSES);
  }

  private static Trainer trainer(Network network, double rate, Listener listener) {
    Settings phase =
        Settings.empty()
            .with("name", "all")
            .with("learn", List.of("hidden", "output"))
            .with("epochs", 3)
            .with("batch", BATCH)
            .with("optimizer", new Described("sgd", Settings.empty().with("momentum", 0.9)))
            .with("rate", rate)
            .with("evaluate-every", 0);
    Dataset data = data();
    Trainer.Job job =
        new Trainer.Job(network, List.of(Phase.of(phase)), data, data, Path.of("target"));
    return new Trainer(job, K, new Philox(NUMBERS.seed(), K), listener);
  }

  /// All of a rule's state survives: B, magnitudes, moments of B; noise goes on where it was.
  @ParameterizedTest
  @ValueSource(strings = {"bp", "fa", "dfa", "usf", "brsf", "frsf", "sign-symmetry", "kp", "wm"})
  void aTrainingThatWasInterruptedEndsWithTheSameWeights(String rule) {
    Network whole = network(rule, "tanh");
    assertTrue(trainer(whole, 0.05, Listener.SILENT).run());
    Trainer first = trainer(network(rule, "tanh"), 0.05, stoppingAt(7));
    first.run();
    Checkpoint checkpoint = first.checkpoint();
    Network resumed = network(rule, "tanh");
    Trainer second = trainer(resumed, 0.05, Listener.SILENT);
    second.restore(checkpoint);
    assertTrue(second.run());
    assertEquals(Weights.sha256(whole), Weights.sha256(resumed), rule);
  }

  private static Listener stoppingAt(long step) {
    return new Listener() {
      @Override
      public void stepped(Trainer trainer) {
        if (trainer.steps() == step) {
          trainer.stop();
        }
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"bp", "fa", "dfa", "usf", "brsf", "frsf", "sign-symmetry", "kp", "wm"})
  void aRateThatIsTooLargeStopsWithTheNameOfALayerAndNoCheckpoint(String rule) {
    Trainer trainer = trainer(network(rule, "relu"), 1e30, Listener.SILENT);
    String message = assertThrows(LaminaException.class, trainer::run).getMessage();
    assertTrue(message.contains("'hidden") || message.contains("'output"), message);
    assertTrue(message.contains("lower the learning rate"), message);
    boolean finite =
        trainer.job().network().tensors().stream()
            .flatMapToDouble(t -> Arrays.stream(t.parameter().value().toDoubles()))
            .allMatch(Double::isFinite);
    if (!finite) {
      assertThrows(LaminaException.class, trainer::checkpoint);
    }
  }

  @Test
  void feedbackOfZerosSendsNothingAndStopsNothing() {
    Chained n = chained(new FeedbackAlignment(new Initializer.Constant(0), TransportOptions.NONE));
    List<Tensor> gradients = n.gradients();
    assertArrayEquals(new double[35], gradients.get(0).toDoubles());
    assertTrue(Arrays.stream(gradients.get(2).toDoubles()).anyMatch(g -> g != 0));
  }

  @Test
  void weightsOfExactlyZeroSendNothing() {
    Chained n =
        chained(
            new SignFeedback(
                SignFeedback.Magnitude.UNIFORM,
                new Initializer.Xavier(),
                1,
                TransportOptions.NONE));
    K.fill(n.w(2), 0);
    n.output();
    List<Tensor> gradients = n.gradients();
    assertArrayEquals(new double[35], gradients.get(0).toDoubles());
  }

  @Test
  void weightsOfZeroStayAtTheNormOfZero() {
    Tensor w = Tensor.zeros(DType.F64, 3, 4);
    NormConstraint constraint = new NormConstraint(w, K);
    constraint.apply();
    assertArrayEquals(new double[12], w.toDoubles());
  }

  private static Chained chained(TransportRule rule) {
    return new Chained(rule, 0, 5, 7, 6, 4);
  }
}
