package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.FeatureStore;
import dev.lamina.data.FeatureWriter;
import dev.lamina.kernel.Kernels;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The output of the blocks that do not learn in a phase, computed once for every sample.
///
/// Those blocks run in evaluation mode, so what they make of a sample is the same in every batch
/// and epoch. Features lie in memory when they fit, else in a file.
final class FrozenFeatures {
  private static final int BATCH = 50;

  private final Trainer.Job job;
  private final int block;

  private FrozenFeatures(Trainer.Job job, int block) {
    this.job = job;
    this.block = block;
  }

  /// What is told of the progress.
  interface Progress {
    /// `done` of `total` samples were computed.
    void at(int done, int total);
  }

  /// The features below the lowest learning block; none for a phase of one epoch, which would read
  /// them once, or where they are no function of the sample alone, or its own values are read.
  static FrozenFeatures below(Trainer.Job job, Phase phase) {
    int lowest = phase.blocks().stream().mapToInt(job.network()::blockIndex).min().orElse(0);
    boolean stay =
        phase.frozen() == EvaluationPlan.Statistics.RUNNING && !job.training().isAugmented();
    boolean again = phase.epochs() > 1 && stay && !readsInput(job.network(), phase);
    return new FrozenFeatures(job, again ? lowest : 0);
  }

  private static boolean readsInput(Network network, Phase phase) {
    return !phase.probes().isEmpty()
        || phase.blocks().stream()
            .map(name -> network.blocks().get(network.blockIndex(name)))
            .anyMatch(block -> block.rule().readsNetworkInput());
  }

  /// No features: everything is computed in every batch.
  static FrozenFeatures none(Trainer.Job job) {
    return new FrozenFeatures(job, 0);
  }

  /// The block that reads the features; 0 if there are none.
  int block() {
    return block;
  }

  /// The data set with its samples replaced by their features.
  Dataset of(Dataset data, String name, Progress progress, Kernels kernels, Draws draws) {
    if (block == 0 || data.size() == 0) {
      return data;
    }
    Network network = job.network();
    DType type = network.type();
    Shape sample = network.blocks().get(block - 1).output();
    boolean fits = FeatureStore.fitsInMemory(type, sample, data.size());
    Pass pass = new Pass(network, kernels, draws, new Pass.Extent(0, block - 1, BATCH), "features");
    try (FeatureWriter writer =
        fits
            ? FeatureStore.inMemory(type, sample)
            : FeatureStore.onDisk(job.cacheFolder(), name, type, sample)) {
      for (int at = 0; at < data.size(); at += BATCH) {
        int n = Math.min(BATCH, data.size() - at);
        pass.begin(n);
        data.batch(at, n, pass.input(), pass.labels());
        pass.evaluate(0, block - 1);
        Tensor features = pass.output();
        writer.append(features, n);
        progress.at(at + n, data.size());
      }
      return data.withFeatures(writer.finish());
    }
  }
}
