package dev.lamina.network;

import dev.lamina.optim.Optimizer;
import dev.lamina.optim.Schedule;

/// What a rule is told of the phase it learns in.
///
/// @param epochs length of the phase
/// @param batch samples per update
/// @param samples samples of the training set
/// @param optimizer how gradients become changes
/// @param rate base learning rate of the optimizer
/// @param schedule the rate over time
public record Plan(
    int epochs, int batch, long samples, Optimizer optimizer, double rate, Schedule schedule) {
  /// Batch size over samples.
  public double ratio() {
    return (double) batch / samples;
  }
}
