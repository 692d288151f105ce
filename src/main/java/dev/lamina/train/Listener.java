package dev.lamina.train;

import dev.lamina.network.Figures;

/// Told of a training's course, on the training thread; between two calls nothing changes.
public interface Listener {
  /// Told nothing.
  Listener SILENT = new Listener() {};

  /// A phase begins, or goes on after a resume.
  default void phaseStarted(Trainer trainer) {}

  /// Features of frozen blocks are being computed: `done` of `total` samples.
  default void caching(Trainer trainer, int done, int total) {}

  /// An update was made. Called for every batch: must be quick and allocate nothing as a rule.
  default void stepped(Trainer trainer) {}

  /// An epoch ended with these figures.
  default void epochEnded(Trainer trainer, Figures figures) {}

  /// A phase ended after `seconds` of work.
  default void phaseEnded(Trainer trainer, double seconds) {}
}
