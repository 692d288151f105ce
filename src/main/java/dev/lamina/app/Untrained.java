package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.data.DataPlaces;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.Source;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.tensor.Shape;
import java.util.Optional;

/// The network of an experiment before it learned, for commands that only look at it.
final class Untrained {
  private Untrained() {}

  /// Builds it. What is known of the data set by its name is enough; a folder of pictures is read.
  static Network network(Experiment experiment) {
    Kernels kernels = Tier.choose(Optional.empty(), 1, line -> {});
    NetworkBuilder builder = new NetworkBuilder(new Philox(experiment.seed(), kernels), kernels);
    if (experiment.choice().folder().isPresent()) {
      Dataset pictures = experiment.load(DataPlaces.usual()).train();
      return experiment.network(builder, pictures.sample(), pictures.classes().size());
    }
    Source source = Datasets.named(experiment.data());
    Shape sample = experiment.choice().transform().of(source.sample());
    return experiment.network(builder, sample, source.classes().size());
  }
}
