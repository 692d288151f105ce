package dev.lamina.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Output;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.network.Vocabulary;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// When a rule acts in a step, what the next block then reads, and what a phase measures.
class StepOrderTest {
  private static final Kernels K = new ReferenceKernels();
  private static final Draws DRAWS = new Philox(0, K);
  private static final Dataset DATA =
      Dataset.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 1, 0});

  private final List<String> acts = new ArrayList<>();
  private final List<Double> read = new ArrayList<>();

  /// Doubles the weights of its block at once and writes down when it acted.
  private record Doubling(Reach reach, Output output, StepOrderTest test) implements Rule {
    @Override
    public String name() {
      return "doubling";
    }

    @Override
    public Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
      String name = network.blocks().get(block).name();
      Tensor weight = network.blocks().get(block).projection().weight().value();
      return new Learning() {
        @Override
        public void begin(Pass pass) {
          test.acts.add(name + " begins");
        }

        @Override
        public void beforeForward(Pass pass) {
          test.acts.add(name + " forward");
        }

        @Override
        public void learn(Pass pass) {
          test.acts.add(name + " learns at " + plan.rate());
          test.read.add(pass.tap(block, Tap.INPUT).get(0));
          kernels.affine(weight, weight, 2, 0);
        }

        @Override
        public void between(Pass pass) {
          test.acts.add(name + " between");
        }

        @Override
        public Map<String, Tensor> state() {
          return Map.of();
        }
      };
    }
  }

  private Network network(Reach reach, Output output) {
    Vocabulary vocabulary =
        new Vocabulary() {
          @Override
          public Map<String, Function<Settings, Rule>> rules() {
            return Map.of("doubling", s -> new Doubling(reach, output, StepOrderTest.this));
          }
        };
    Settings description =
        Settings.empty()
            .with("type", "f64")
            .with("rule", Described.of("doubling"))
            .with("blocks", List.of(block("b1"), block("b2").with("rate", 7), block("b3")));
    return new NetworkBuilder(DRAWS, K)
        .add(vocabulary)
        .build(description, Shape.of(2), DATA.classes().size());
  }

  private static Settings block(String name) {
    Settings ones =
        Settings.empty()
            .with("outputs", 2)
            .with("bias", false)
            .with("initial", new Described("constant", Settings.empty().with("value", 1)));
    return Settings.empty()
        .with("name", name)
        .with("layers", List.of(new Described("dense", ones)));
  }

  private static Phase phase(EvaluationPlan evaluation, String... blocks) {
    return new Phase(
        "phase",
        List.of(blocks),
        1,
        DATA.size(),
        false,
        false,
        Described.of("sgd"),
        0.5,
        Described.of("constant"),
        evaluation);
  }

  private void train(Network network, Phase phase, Listener listener) {
    Trainer.Job job = new Trainer.Job(network, List.of(phase), DATA, DATA, Path.of(""));
    new Trainer(job, K, DRAWS, listener).run();
  }

  @Test
  void rulesActBeforeTheForwardAfterItAndBetweenBatches() {
    Network network = network(Reach.NONE, Output.KEPT);
    train(network, phase(EvaluationPlan.AT_THE_END, "b1", "b2"), Listener.SILENT);
    assertEquals(
        List.of(
            "b1 begins",
            "b2 begins",
            "b1 forward",
            "b1 learns at 0.5",
            "b2 forward",
            "b2 learns at 7.0",
            "b1 between",
            "b2 between"),
        acts);
  }

  /// The first sample is (1, 2) and all weights are 1, so b1 gives 3 before and 6 after doubling.
  @Test
  void theNextBlockReadsTheKeptOutputOrTheRecomputedOne() {
    train(
        network(Reach.OWN, Output.KEPT),
        phase(EvaluationPlan.AT_THE_END, "b1", "b2"),
        Listener.SILENT);
    assertEquals(List.of(1.0, 3.0), read);
    read.clear();
    train(
        network(Reach.OWN, Output.RECOMPUTED),
        phase(EvaluationPlan.AT_THE_END, "b1", "b2"),
        Listener.SILENT);
    assertEquals(List.of(1.0, 6.0), read);
  }

  @Test
  void anErrorThatWouldHaveToPassALocalBlockIsRefused() {
    Settings byError = Settings.empty().with("rule", Described.of("backprop"));
    Settings description =
        Settings.empty()
            .with(
                "blocks",
                List.of(
                    block("low").with("rule", Described.of("backprop")),
                    block("middle").with("rule", Described.of("soft-hebb")),
                    block("high").with("rule", byError.described("rule"))));
    Network network = new NetworkBuilder(DRAWS, K).build(description, Shape.of(2), 2);
    LaminaException e =
        assertThrows(
            LaminaException.class,
            () ->
                train(
                    network,
                    phase(EvaluationPlan.AT_THE_END, "low", "middle", "high"),
                    Listener.SILENT));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.contains("stops at block 'middle'"), message);
    assertTrue(message.contains("trains block 'low'"), message);
  }

  /// Batches of 2 and 1 samples: the mean over batches counts the last sample twice.
  @Test
  void aPhaseMeasuresBeforeItsFirstUpdateAndAveragesOverBatches() {
    EvaluationPlan plan =
        new EvaluationPlan(1, true, true, EvaluationPlan.Statistics.RUNNING, 2, true);
    List<Map<String, Double>> measured = new ArrayList<>();
    Listener listener =
        new Listener() {
          @Override
          public void epochEnded(Trainer trainer, Figures figures) {
            measured.add(Map.copyOf(figures.values()));
          }
        };
    train(network(Reach.OWN, Output.KEPT), phase(plan, "b1", "b2", "b3"), listener);
    assertEquals(2, measured.size());
    Map<String, Double> first = measured.getFirst();
    // equal outputs, so class 0 is always answered: samples 1 and 3 of 3; 1 of 2 and 1 of 1
    assertEquals(200.0 / 3, first.get("test_accuracy"));
    assertEquals(75.0, first.get("test_accuracy_batch_mean"));
    assertEquals(75.0, first.get("train_accuracy_batch_mean"));
  }
}
