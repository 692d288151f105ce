package dev.lamina.train;

import dev.lamina.layer.Mode;

/// How the running statistics of learning blocks come about in a phase.
public enum RunningStatistics {
  /// Each batch moves them once, when it first goes forward.
  ONCE,
  /// Each batch moves them once more before every update of a block, after the batch went forward
  /// through all blocks by the parameters of that moment: with L blocks that learn at once, L + 1
  /// times, as the published HSIC bottleneck does. After an epoch little is left but its last
  /// batches.
  ///
  /// Source: `specs/hsic-bottleneck.md`, section 7.3.
  PER_PASS,
  /// Batches move nothing; when the phase ends they become the exact mean and variance over the
  /// training set, block by block.
  REFIT,
  /// Batches move nothing. Blocks learn without dropout.
  NONE;

  /// How learning blocks run.
  Mode mode() {
    return switch (this) {
      case ONCE, PER_PASS -> Mode.LEARN;
      case REFIT, NONE -> Mode.BATCH;
    };
  }
}
