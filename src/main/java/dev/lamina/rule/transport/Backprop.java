package dev.lamina.rule.transport;

import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.tensor.Tensor;

/// Back-propagation: the error comes down by the weights themselves.
///
/// ```
/// V = W
/// ```
///
/// Source: Rumelhart, Hinton & Williams 1986.
///
/// @param options what the family has in common
public record Backprop(TransportOptions options) implements TransportRule {
  /// Back-propagation and nothing else.
  public Backprop() {
    this(TransportOptions.NONE);
  }

  @Override
  public String name() {
    return "backprop";
  }

  @Override
  public Feedback feedback(Junction junction) {
    return TRANSPOSE;
  }

  private static final Feedback TRANSPOSE =
      new Feedback() {
        @Override
        public Tensor matrix(Projection p, Site s) {
          return p.seen(s); // V = W
        }
      };
}
