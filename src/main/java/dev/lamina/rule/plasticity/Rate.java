package dev.lamina.rule.plasticity;

import dev.lamina.network.Plan;
import dev.lamina.optim.Schedule;
import java.util.function.Function;

/// The learning rate of a Hebbian layer (`specs/softhebb.md`, section 7).
public sealed interface Rate {
  /// `η_o = η₀ (|‖w_o‖_ℓ - 1| + 1e-10)^q`: large far from the unit norm, small on it. No decay with
  /// time.
  ///
  /// @param base η₀ > 0
  /// @param power q ≥ 0
  record NormDependent(double base, double power) implements Rate {}

  /// One rate for all neurons that follows a schedule over the updates of the phase.
  ///
  /// @param base η₀ > 0
  /// @param schedule the schedule for a phase
  record Scheduled(double base, Function<Plan, Schedule> schedule) implements Rate {}
}
