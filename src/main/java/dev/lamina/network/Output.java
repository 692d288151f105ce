package dev.lamina.network;

/// What the next block reads after a block has learned at once.
public enum Output {
  /// The output that was computed before the change.
  KEPT,
  /// The output of the changed parameters, computed anew from the same input.
  RECOMPUTED
}
