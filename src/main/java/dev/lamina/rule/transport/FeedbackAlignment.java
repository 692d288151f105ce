package dev.lamina.rule.transport;

import dev.lamina.optim.Initializer;

/// Feedback alignment: the error comes down by a random matrix that never changes.
///
/// ```
/// V = B        B drawn once, independent of W, neither trained nor decayed
/// ```
///
/// Source: Lillicrap et al. 2016, "Random synaptic feedback weights support error backpropagation
/// for deep learning"; `specs/weight-transport.md`, section 1.
///
/// @param initial the law of B
/// @param options what the family has in common
public record FeedbackAlignment(Initializer initial, TransportOptions options)
    implements TransportRule {
  @Override
  public String name() {
    return "feedback-alignment";
  }

  @Override
  public String abbreviation() {
    return "fa";
  }

  @Override
  public Feedback feedback(Junction at) {
    return Feedback.fixed(at.drawn(Junction.FEEDBACK, at.w().shape(), initial)); // V = B
  }
}
