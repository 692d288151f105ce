package dev.lamina.network;

/// A measurement that sees data sets pass by in evaluation mode.
public interface Evaluation {
  /// Reads one batch that just went forward.
  ///
  /// @param training whether the batch is of the training set (shown first, whole) or the test set
  void observe(Pass pass, boolean training);

  /// Whether the training set must be shown before the test set.
  default boolean needsTraining() {
    return false;
  }

  /// How many samples of a set it is shown at most, from the first on.
  ///
  /// @param training whether the set is the training set
  default int samples(boolean training) {
    return Integer.MAX_VALUE;
  }

  /// Writes what was measured and forgets it.
  void report(Figures out);
}
