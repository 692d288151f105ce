package dev.lamina.network;

import java.util.Optional;

/// How a block's gradients become changes where it differs from its phase.
///
/// @param optimizer an optimizer of its own
/// @param rate a base learning rate of its own; 0 leaves the block as it is
/// @param schedule a schedule of its own
public record Tuning(
    Optional<Described> optimizer, Optional<Double> rate, Optional<Described> schedule) {
  /// All as the phase has it.
  public static final Tuning NONE =
      new Tuning(Optional.empty(), Optional.empty(), Optional.empty());

  /// Reads the keys `optimizer`, `rate` and `schedule` of a block.
  static Tuning of(Settings block) {
    Optional<Double> rate =
        block.has("rate") ? Optional.of(block.nonNegative("rate", 0)) : Optional.empty();
    Tuning tuning = new Tuning(block.optional("optimizer"), rate, block.optional("schedule"));
    tuning.optimizer.ifPresent(Kinds::optimizer);
    tuning.schedule.ifPresent(d -> Kinds.schedule(d, 1, 1));
    return tuning;
  }
}
