package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.kernel.Kernels;
import dev.lamina.model.Model;
import dev.lamina.network.Settings;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Networks whose blocks learn by different rules, on small data: the one of the guide with
/// SoftHebb below, pHSIC above it and back-propagation at the head, and one in which the error
/// comes down by different matrices.
class MixedRulesTest {
  private static final Path EXAMPLE = Path.of("src/test/resources/guide/mixed.yaml");

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  /// Networks of several rules.
  private enum Mix {
    /// The example of the guide.
    FAMILIES(
        "unsupervised.batch=20",
        "network.blocks[parts].layers[1].dense.outputs=32",
        "network.blocks[edges].layers[1].convolution.outputs=4"),

    /// Two blocks of a network trained by back-propagation send errors by fixed random weights.
    MATRICES(
        "network.blocks=["
            + "{name: h1, layers: [flatten, dense: {outputs: 16}, relu]},"
            + "{name: h2, layers: [dense: {outputs: 16}, relu], rule: feedback-alignment},"
            + "{name: h3, layers: [dense: {outputs: 16}, relu], rule: feedback-alignment},"
            + "{name: head, layers: [dense]}]");

    private final List<String> changes;

    Mix(String... changes) {
      this.changes = new ArrayList<>(List.of("supervised.epochs=4", "supervised.batch=20"));
      this.changes.addAll(List.of(changes));
    }

    Experiment experiment() throws IOException {
      Settings document = YamlSettings.read(Files.readString(EXAMPLE), "mixed.yaml");
      return Experiment.of("mixed", Overrides.apply(document, changes));
    }
  }

  private SmallRun.Outcome train(Mix mix, Path folder) throws IOException {
    try (RunDirectory directory = RunDirectory.create(folder)) {
      new TrainingRun(directory, mix.experiment(), small.machine(1), Listener.SILENT).run();
      return SmallRun.outcome(directory);
    }
  }

  @Test
  void theGuideShowsTheExampleThatIsTested() throws IOException {
    String guide = Files.readString(Path.of("docs/guide.md"));
    assertTrue(guide.contains(Files.readString(EXAMPLE)), "docs/guide.md shows something else");
  }

  @Test
  void everyBlockLearnsAndItsRuleReports() throws IOException {
    SmallRun.Outcome outcome = train(Mix.FAMILIES, temp.resolve("run"));
    List<Map<String, Object>> epochs =
        outcome.metrics().stream().filter(line -> line.get("event").equals("epoch")).toList();
    assertTrue(epochs.getFirst().containsKey("edges_winner_share"), epochs.toString());
    Map<String, Object> last = epochs.getLast();
    assertTrue(last.keySet().containsAll(List.of("parts_loss", "train_loss")), last.toString());
  }

  @ParameterizedTest
  @EnumSource
  void aKilledRunGoesOnToTheSameEnd(Mix mix) throws IOException {
    SmallRun.Outcome whole = train(mix, temp.resolve("whole"));
    for (int update : new int[] {2, 4, 8}) {
      Path folder = temp.resolve("killed-" + update);
      stopAt(mix, folder, update);
      assertEquals(whole, small.resume(folder), "killed at update " + update);
    }
  }

  private void stopAt(Mix mix, Path folder, int update) throws IOException {
    Listener stopper =
        new Listener() {
          @Override
          public void stepped(Trainer trainer) {
            if (trainer.steps() == update) {
              trainer.stop();
            }
          }
        };
    try (RunDirectory directory = RunDirectory.create(folder)) {
      TrainingRun run = new TrainingRun(directory, mix.experiment(), small.machine(1), stopper);
      assertTrue(run.run().isEmpty(), "was not stopped");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theModelPredictsWhatTheRunMeasured(Mix mix) throws IOException {
    Path folder = temp.resolve("run");
    SmallRun.Outcome outcome = train(mix, folder);
    Kernels kernels = small.machine(0).kernels();
    Model model = Model.load(folder.resolve("checkpoint.safetensors"), kernels);
    Dataset test = Datasets.load("mnist", small.machine(0).places()).test();
    float[][] probabilities = model.predictProbabilities(test);
    int right = 0;
    for (int i = 0; i < probabilities.length; i++) {
      right += best(probabilities[i]) == test.label(i) ? 1 : 0;
    }
    Object measured = outcome.result().get("test_accuracy");
    assertEquals(100.0 * right / test.size(), (Double) measured, 1e-9);
  }

  private static int best(float[] probabilities) {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
