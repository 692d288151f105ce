package dev.lamina.config;

import dev.lamina.data.Dataset;
import dev.lamina.layer.Chain;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Slot;
import dev.lamina.network.Block;
import dev.lamina.network.Network;
import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Phase;
import java.util.List;

/// The memory that a training takes at its height, in bytes.
///
/// Counted are parameters with their gradients and two moments, activations and their gradients of
/// the largest batch, activations of an evaluation, and the pixels. Cached features are not: they
/// go to disk when they do not fit.
///
/// @param parameters parameters and what optimizers keep
/// @param activations of one batch and one evaluation batch
/// @param data samples as they are kept
record MemoryNeed(long parameters, long activations, long data) {
  private static final int COPIES_OF_PARAMETERS = 4;
  private static final int EVALUATION_BATCH = 100;

  static MemoryNeed of(Network network, List<Phase> phases, Dataset... data) {
    long numbers = 0;
    long sample = 0;
    for (Block block : network.blocks()) {
      for (Parameter p : block.parameters()) {
        numbers += p.value().size();
      }
      for (Chain.Named named : block.chain().all()) {
        sample += bytesOfSample(named.layer(), network.type().bytes());
      }
    }
    int batch = phases.stream().mapToInt(Phase::batch).max().orElse(1);
    long pixels = 0;
    for (Dataset set : data) {
      pixels += (long) set.size() * set.sample().size();
    }
    return new MemoryNeed(
        COPIES_OF_PARAMETERS * numbers * network.type().bytes(),
        sample * (2L * batch + EVALUATION_BATCH),
        pixels);
  }

  private static long bytesOfSample(Layer layer, int width) {
    long bytes = layer.isView() ? 0 : (long) layer.output().size() * width;
    for (Slot slot : layer.remembers()) {
      bytes += slot.perSample() ? (long) slot.shape().size() * slot.type().bytes() : 0;
    }
    return bytes;
  }

  long total() {
    return parameters + activations + data;
  }

  /// Refuses what cannot fit.
  ///
  /// @param available bytes that Java may take
  /// @throws LaminaException with both numbers
  void requireAtMost(long available) {
    if (total() > available) {
      throw new LaminaException(
          "the training needs %.1f GB of memory (parameters %.1f, activations %.1f, data %.1f), but"
                  .formatted(total() / 1e9, parameters / 1e9, activations / 1e9, data / 1e9)
              + " Java may take %.1f GB; take a smaller batch, a narrower network, or a larger -Xmx"
                  .formatted(available / 1e9));
    }
  }
}
