package dev.lamina.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.model.Model;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.rule.plasticity.WeightStatistics;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the documents show compiles, runs and does what it says.
final class GuideTest {
  @ParameterizedTest
  @CsvSource({
    "guide, FirstModel",
    "guide, Oja",
    "guide, TargetProjection",
    "measures, CompareFeatures"
  })
  void theDocumentsShowTheCodeThatIsTested(String document, String name) throws IOException {
    String guide = Files.readString(Path.of("docs/" + document + ".md"));
    String source = Files.readString(Path.of("src/test/java/dev/lamina/guide/" + name + ".java"));
    String shown = source.substring(source.indexOf("import ")).strip();
    assertTrue(guide.contains(shown), () -> document + " does not show " + name + " as it is");
  }

  @Test
  void theMeasuresTellRelatedFeaturesFromOthers() {
    Random random = new Random(3);
    float[] x = new float[300];
    float[] turned = new float[300];
    float[] other = new float[300];
    for (int i = 0; i < x.length; i += 3) {
      for (int j = 0; j < 3; j++) {
        x[i + j] = (float) random.nextGaussian();
        turned[i + (j + 1) % 3] = 2 * x[i + j];
        other[i + j] = (float) random.nextGaussian();
      }
    }
    double[] related = CompareFeatures.compare(x, turned, 100);
    double[] unrelated = CompareFeatures.compare(x, other, 100);
    // CKA does not see rotation and scale; of unrelated samples it is about d / m = 0.03.
    assertEquals(1, related[0], 1e-6);
    assertTrue(unrelated[0] < 0.2, () -> "unrelated features have a CKA of " + unrelated[0]);
    assertTrue(related[1] > 2 * unrelated[1] && related[2] > unrelated[2]);
  }

  @Test
  void theFirstModelLearnsFourPatternsAndSurvivesSaving(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("patterns.safetensors");
    FirstModel.main(new String[] {file.toString()});
    Model model = Model.load(file);
    float[][] pure = new float[4][16];
    for (int i = 0; i < 16; i++) {
      pure[i / 4][i] = 1;
    }
    int[] predicted = model.predict(pure);
    for (int i = 0; i < 4; i++) {
      assertEquals(i, predicted[i]);
    }
  }

  @Test
  void ojasRuleFindsTheFirstPrincipalComponentWithUnitNorm() {
    // Points along (3, 4) / 5 with a spread of 1 and of 0.1 across: the component is known.
    Random random = new Random(7);
    float[][] x = new float[4000][2];
    for (float[] point : x) {
      double along = random.nextGaussian();
      double across = 0.1 * random.nextGaussian();
      point[0] = (float) (0.6 * along - 0.8 * across);
      point[1] = (float) (0.8 * along + 0.6 * across);
    }
    Kernels kernels = Tier.choose();
    Philox draws = new Philox(1, kernels);
    Settings block =
        Settings.empty()
            .with("name", "b1")
            .with(
                "layers",
                List.of(
                    Described.of("flatten"),
                    new Described(
                        "dense", Settings.empty().with("outputs", 1).with("bias", false))))
            .with("rule", new Described("oja", Settings.empty().with("rate", 0.1)));
    Dataset data = Dataset.of(x, new int[x.length]);
    Network network =
        new NetworkBuilder(draws, kernels)
            .add(new Oja.Words())
            .build(Settings.empty().with("blocks", List.of(block)), data.sample(), 1);
    Phase phase =
        Phase.of(
            Settings.empty()
                .with("name", "learn")
                .with("learn", List.of("b1"))
                .with("epochs", 3)
                .with("batch", 10));
    new Trainer(
            new Trainer.Job(network, List.of(phase), data, data.take(0), Path.of("target")),
            kernels,
            draws,
            Listener.SILENT)
        .run();
    Tensor w = network.blocks().getFirst().projection().weight().value();
    // At rate 0.1 with 10 samples a step the weight jitters by some percent around the component.
    assertEquals(1, WeightStatistics.of(w, 2).norms().getFirst(), 0.1);
    assertEquals(1, Math.abs(0.6 * w.get(0) + 0.8 * w.get(1)), 0.1);
  }
}
