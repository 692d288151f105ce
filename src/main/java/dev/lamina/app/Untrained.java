package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.data.Datasets;
import dev.lamina.data.Source;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import java.util.Optional;

/// The network of an experiment before it learned, for commands that only look at it.
final class Untrained {
  private Untrained() {}

  /// Builds it from what is known of the data set; no data are read.
  static Network network(Experiment experiment) {
    Source source = Datasets.named(experiment.data());
    Kernels kernels = Tier.choose(Optional.empty(), 1, line -> {});
    NetworkBuilder builder = new NetworkBuilder(new Philox(experiment.seed(), kernels), kernels);
    return experiment.network(builder, source.sample(), source.classes().size());
  }
}
