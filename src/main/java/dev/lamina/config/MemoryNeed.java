package dev.lamina.config;

import dev.lamina.data.Dataset;
import dev.lamina.network.Network;
import dev.lamina.network.Outline;
import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Phase;
import java.util.List;
import java.util.Locale;

/// The memory that a training takes at its height, in bytes.
///
/// Counted are parameters with their gradients and two moments, activations and their gradients of
/// the largest batch, activations of an evaluation, and the pixels. Cached features are not: they
/// go to disk when they do not fit.
///
/// @param parameters parameters and what optimizers keep
/// @param activations of one batch and one evaluation batch
/// @param data samples as they are kept
public record MemoryNeed(long parameters, long activations, long data) {
  private static final int COPIES_OF_PARAMETERS = 4;
  private static final int EVALUATION_BATCH = 100;

  static MemoryNeed of(Network network, List<Phase> phases, Dataset... data) {
    Outline outline = Outline.of(network);
    long pixels = 0;
    for (Dataset set : data) {
      pixels += (long) set.size() * set.sample().size();
    }
    return new MemoryNeed(
        COPIES_OF_PARAMETERS * outline.parameters() * network.type().bytes(),
        phases.stream().mapToLong(phase -> ofBatch(network, phase)).max().orElse(0)
            + EVALUATION_BATCH * outline.bytes(),
        pixels);
  }

  /// What a batch of a phase takes in the whole network, its errors included: the most that a pass
  /// can need.
  public static long ofBatch(Network network, Phase phase) {
    return 2L * phase.batch() * Outline.of(network).bytes();
  }

  /// Bytes in all.
  public long total() {
    return parameters + activations + data;
  }

  /// Refuses what cannot fit.
  ///
  /// @param available bytes that Java may take
  /// @throws LaminaException with both numbers
  void requireAtMost(long available) {
    if (total() > available) {
      throw new LaminaException(
          String.format(
              Locale.ROOT,
              "the training needs %.1f GB of memory (parameters %.1f, activations %.1f, data %.1f),"
                  + " but Java may take %.1f GB; take a smaller batch, a narrower network, or a"
                  + " larger -Xmx",
              total() / 1e9,
              parameters / 1e9,
              activations / 1e9,
              data / 1e9,
              available / 1e9));
    }
  }
}
