package dev.lamina.jmh;

import dev.lamina.config.Experiment;
import dev.lamina.config.Presets;
import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.tensor.Shape;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.Optional;
import java.util.Random;

/// The updates of a preset's phase on noise, listeners off: pixels, or the cached features that the
/// phase reads.
final class PhaseSteps {
  private static final int SAMPLES = 640;

  private final NetworkLearner learner;
  private final Dataset data;
  private final int[] order = new int[SAMPLES];
  private final int batch;
  private long update;

  /// The first update is yet to come.
  ///
  /// @param phase `PRESET/N`: preset, and the number of its phase from 0
  PhaseSteps(String phase) {
    String preset = phase.substring(0, phase.lastIndexOf('/'));
    Experiment experiment = Experiment.of(preset, Presets.shipped().find(preset).document());
    Kernels kernels =
        Tier.choose(
            Optional.empty(), Runtime.getRuntime().availableProcessors(), System.err::println);
    boolean grey = experiment.data().endsWith("mnist");
    Dataset pixels =
        experiment.choice().transform().of(noise(grey ? Shape.of(1, 28, 28) : Shape.of(3, 32, 32)));
    Philox draws = new Philox(0, kernels);
    Network network = experiment.network(new NetworkBuilder(draws, kernels), pixels.sample(), 10);
    int number = Integer.parseInt(phase.substring(phase.lastIndexOf('/') + 1));
    Phase chosen = experiment.phases(network).get(number);
    int from = cachedBelow(network, chosen);
    data = from == 0 ? pixels : noise(outside(network.blocks().get(from).input()));
    batch = chosen.batch();
    for (int i = 0; i < SAMPLES; i++) {
      order[i] = i;
    }
    learner = new NetworkLearner(network, chosen, from, SAMPLES, kernels, draws);
  }

  /// The block that data enter in a training: phases of more than one epoch read cached features.
  private static int cachedBelow(Network network, Phase phase) {
    int lowest = phase.blocks().stream().mapToInt(network::blockIndex).min().orElse(0);
    return phase.epochs() > 1 ? lowest : 0;
  }

  /// `[c, h, w]` of `[h, w, c]`.
  private static Shape outside(Shape map) {
    return map.rank() == 3 ? Shape.of(map.axis(2), map.axis(0), map.axis(1)) : map;
  }

  private static Dataset noise(Shape sample) {
    Random random = new Random(1);
    byte[] pixels = new byte[SAMPLES * sample.size()];
    random.nextBytes(pixels);
    return Dataset.ofPixels(pixels, sample, random.ints(SAMPLES, 0, 10).toArray());
  }

  /// One update.
  void step() {
    int from = (int) (update * batch % (SAMPLES - batch + 1));
    learner.step(data, order, from, batch, 0, update++);
  }
}
