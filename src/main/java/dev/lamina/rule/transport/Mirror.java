package dev.lamina.rule.transport;

import dev.lamina.kernel.Activation;
import dev.lamina.network.Plan;
import java.util.Optional;
import java.util.OptionalInt;

/// How a weight mirror learns.
///
/// @param noise the law of the noise
/// @param amplitude `uniform`: the width of its range around 0; `normal`: its standard deviation
/// @param rate η
/// @param center whether the mean of Y over the noise samples is subtracted
/// @param decay λ in [0, 1]
/// @param activation f; empty is the identity
/// @param damping after each occasion B is scaled so that its answer to normal noise has this
///   standard deviation (growth control); 0 leaves B as it is
/// @param schedule when mirror batches come
public record Mirror(
    Noise noise,
    double amplitude,
    double rate,
    boolean center,
    double decay,
    Optional<Activation> activation,
    double damping,
    Occasions schedule) {
  /// The law of the noise.
  public enum Noise {
    /// `amplitude · (U[0, 1) - 0.5)`.
    UNIFORM,
    /// `amplitude · N(0, 1)`.
    NORMAL
  }

  /// When mirror batches come. They have as many samples as the phase's batches.
  ///
  /// @param initial mirror batches before the first update; empty means one for each full batch of
  ///   the training set
  /// @param every updates between two occasions, ≥ 1
  /// @param batches mirror batches on each occasion, ≥ 0
  public record Occasions(OptionalInt initial, int every, int batches) {
    /// Mirror batches before the first update of a phase.
    int initial(Plan plan) {
      return initial.orElse(Math.toIntExact(plan.samples() / plan.batch()));
    }

    /// The number of the first mirror batch after `update`, or -1 if there is none.
    long first(Plan plan, long update) {
      boolean now = batches > 0 && (update + 1) % every == 0;
      return now ? initial(plan) + update / every * batches : -1;
    }
  }
}
