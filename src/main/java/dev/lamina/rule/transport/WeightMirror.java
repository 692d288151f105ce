package dev.lamina.rule.transport;

import dev.lamina.optim.Initializer;

/// Weight mirror: the feedback learns from noise that the layer below emits between batches.
///
/// ```
/// V = B
/// Y = f(N W ᵀ + b)                                   N noise, zero mean, variance v
/// B ← (1 - λ) B + η (Y - mean Y)ᵀ N                  so E[ΔB] = η n v f' W - λ B
/// ```
///
/// Sums run over the n noise samples (times positions); W and b are those that are mirrored, batch
/// norm is bypassed. B learns its direction from W, its length is free.
///
/// Source: Akrout et al. 2019, "Deep learning without weight transport";
/// `specs/weight-transport.md`, section 4.
///
/// @param initial the law of B at first
/// @param mirror how B learns
/// @param options what the family has in common
public record WeightMirror(Initializer initial, Mirror mirror, TransportOptions options)
    implements TransportRule {
  @Override
  public String name() {
    return "weight-mirror";
  }

  @Override
  public String abbreviation() {
    return "wm";
  }

  @Override
  public Feedback feedback(Junction at) {
    return new NoiseMirror(at, at.drawn(Junction.FEEDBACK, at.w().shape(), initial), mirror);
  }
}
