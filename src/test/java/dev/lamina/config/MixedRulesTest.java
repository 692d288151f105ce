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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The network of the guide in which every block learns by another rule, on small data: SoftHebb
/// below, pHSIC above it, back-propagation at the head.
class MixedRulesTest {
  private static final Path EXAMPLE = Path.of("src/test/resources/guide/mixed.yaml");

  @TempDir private Path temp;
  private SmallRun small;

  @BeforeEach
  void writeTheData() throws IOException {
    small = new SmallRun(temp.resolve("data"));
  }

  private static Experiment experiment() throws IOException {
    List<String> smaller =
        List.of(
            "unsupervised.batch=20",
            "supervised.epochs=4",
            "supervised.batch=20",
            "network.blocks[parts].layers[1].dense.outputs=32",
            "network.blocks[edges].layers[1].convolution.outputs=4");
    Settings document = YamlSettings.read(Files.readString(EXAMPLE), "mixed.yaml");
    return Experiment.of("mixed", Overrides.apply(document, smaller));
  }

  private SmallRun.Outcome train(Path folder, Listener listener) throws IOException {
    try (RunDirectory directory = RunDirectory.create(folder)) {
      new TrainingRun(directory, experiment(), small.machine(1), listener).run();
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
    SmallRun.Outcome outcome = train(temp.resolve("run"), Listener.SILENT);
    List<Map<String, Object>> epochs =
        outcome.metrics().stream().filter(line -> line.get("event").equals("epoch")).toList();
    assertTrue(epochs.getFirst().containsKey("edges_winner_share"), epochs.toString());
    Map<String, Object> last = epochs.getLast();
    assertTrue(last.keySet().containsAll(List.of("parts_loss", "train_loss")), last.toString());
  }

  @Test
  void aKilledRunGoesOnToTheSameEnd() throws IOException {
    SmallRun.Outcome whole = train(temp.resolve("whole"), Listener.SILENT);
    for (int update : new int[] {2, 4, 8}) {
      Path folder = temp.resolve("killed-" + update);
      stopAt(folder, update);
      assertEquals(whole, small.resume(folder), "killed at update " + update);
    }
  }

  private void stopAt(Path folder, int update) throws IOException {
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
      TrainingRun run = new TrainingRun(directory, experiment(), small.machine(1), stopper);
      assertTrue(run.run().isEmpty(), "was not stopped");
    }
  }

  @Test
  void theModelPredictsWhatTheRunMeasured() throws IOException {
    Path folder = temp.resolve("run");
    SmallRun.Outcome outcome = train(folder, Listener.SILENT);
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
