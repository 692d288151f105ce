package dev.lamina.layer;

/// How a block treats a batch.
public enum Mode {
  /// Batch statistics and dropout; the first forward of a batch moves running statistics.
  LEARN,
  /// Batch statistics, nothing moves, no dropout.
  BATCH,
  /// Running statistics, no dropout.
  EVALUATE
}
