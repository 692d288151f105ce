package dev.lamina.rule.transport;

/// What every rule of the family can do beside its feedback.
///
/// @param clip whether `gW`, `gb` and `gx` are held in [-1, 1]; default no
/// @param constrain whether `W ← W ‖W₀‖ / ‖W‖` before each forward, `W₀` the weights when the phase
///   began; default no
/// @param biasRate how fast biases of projections learn; default like weights
/// @param decayPerUpdate factor on every parameter of the block, learned feedback included, after
///   each update; default 1
public record TransportOptions(
    boolean clip, boolean constrain, BiasRate biasRate, double decayPerUpdate) {
  /// Nothing but descent.
  public static final TransportOptions NONE =
      new TransportOptions(false, false, BiasRate.LIKE_WEIGHTS, 1);

  /// How fast biases learn.
  public enum BiasRate {
    /// At the rate of the weights.
    LIKE_WEIGHTS,
    /// At the rate over the batch size of the phase, as in the code of Akrout et al.
    OVER_BATCH
  }
}
