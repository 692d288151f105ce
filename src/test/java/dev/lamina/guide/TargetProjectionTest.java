package dev.lamina.guide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A rule from outside of Lamina, in the guide's words, learns handwritten digits.
class TargetProjectionTest {
  private static final Kernels K = Tier.choose();
  private static final Split DIGITS = Datasets.load("mnist", DataPlaces.usual());
  private static final List<String> ALL = List.of("hidden", "output");
  private static final List<String> LAST = List.of("output");

  /// Fifty random features carry a linear layer to about 80 %; the rule must make better ones.
  @Test
  void randomImagesOfTheLabelTeachHiddenNeurons() {
    double last = accuracy(LAST);
    double all = accuracy(ALL);
    assertTrue(all > last + 3, () -> all + " % against " + last + " % of the last layer");
  }

  private static double accuracy(List<String> blocks) {
    Philox draws = new Philox(1, K);
    Network network = network(draws);
    Settings phase =
        Settings.empty()
            .with("name", "learn")
            .with("learn", blocks)
            .with("epochs", 2)
            .with("batch", 50)
            .with("optimizer", new Described("sgd", Settings.empty().with("momentum", 0.9)))
            .with("rate", 0.02);
    Trainer.Job job =
        new Trainer.Job(
            network,
            List.of(Phase.of(phase)),
            DIGITS.train().take(20_000),
            DIGITS.test(),
            Path.of("target"));
    Trainer trainer = new Trainer(job, K, draws, Listener.SILENT);
    trainer.run();
    return trainer.lastFigures().values().getOrDefault("test_accuracy", 0.0);
  }

  private static Network network(Philox draws) {
    Described dense = new Described("dense", Settings.empty().with("outputs", 50));
    Settings hidden =
        block("hidden", List.of(Described.of("flatten"), dense, Described.of("tanh")));
    Settings output = block("output", List.of(Described.of("dense")));
    Settings description = Settings.empty().with("blocks", List.of(hidden, output));
    return new NetworkBuilder(draws, K)
        .add(new TargetProjection.Words())
        .build(description, DIGITS.train().sample(), 10);
  }

  private static Settings block(String name, List<Described> layers) {
    return Settings.empty()
        .with("name", name)
        .with("layers", layers)
        .with("rule", Described.of("target-projection"));
  }
}
