package dev.lamina.config;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Weights;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.nio.file.Path;

/// The first updates of every phase of an experiment, without evaluation: the proof that an
/// accuracy which an earlier commit measured is still that of this one.
///
/// Every change of a bit in kernels, rules, data or random numbers changes the hash.
public final class Replay {
  private Replay() {}

  /// `weights_sha256` after `experiment.replaySteps()` updates of each phase.
  public static String hash(Experiment experiment, DataPlaces places, Kernels kernels) {
    Philox draws = new Philox(experiment.seed(), kernels);
    Dataset training = experiment.choice().parts(experiment.load(places), draws).train();
    int classes = training.classes().size();
    Network network =
        experiment.network(new NetworkBuilder(draws, kernels), training.sample(), classes);
    Trainer.Job job =
        new Trainer.Job(
            network, experiment.phases(network), training, training.take(0), Path.of("."));
    Trainer trainer = new Trainer(job, kernels, draws, Listener.SILENT);
    trainer.cut(experiment.replaySteps());
    trainer.run();
    return Weights.sha256(network);
  }
}
