package dev.lamina.network;

import dev.lamina.kernel.Kernels;

/// What is read of a phase's batches now and then: a description without state.
///
/// A probe cannot change a bit of the training.
public interface Probe {
  /// Batches from one reading to the next; the first batch of an epoch is read.
  int every();

  /// Starts reading for one phase.
  ///
  /// @param network the network that learns
  /// @param capacity samples of the largest batch
  Reading start(Network network, int capacity, Kernels kernels);

  /// A probe at work in one phase.
  interface Reading {
    /// Reads taps of a batch.
    ///
    /// If errors come from the output, the last one has come down and nothing has changed yet; else
    /// all blocks have learned from the batch.
    void read(Pass pass);

    /// Writes what was read last.
    void report(Figures out);
  }
}
