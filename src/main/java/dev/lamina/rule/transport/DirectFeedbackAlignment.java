package dev.lamina.rule.transport;

import dev.lamina.optim.Initializer;

/// Direct feedback alignment: every projection sends the network's output error to its input.
///
/// ```
/// gx = e E                        dense;  E [C, in] drawn once
/// gx = fold(e at every position · E)     convolution;  E [C, kh, kw, in]
/// ```
///
/// `e` `[n, C]` is the gradient of the mean loss with respect to the C outputs of the network. The
/// signal replaces the error from above. A projection that is the shortcut of a residual layer
/// sends the error of the layer's output by its weights.
///
/// Source: Nøkland 2016, "Direct feedback alignment provides learning in deep neural networks";
/// `specs/weight-transport.md`, sections 1, 5.1 and 5.3.
///
/// @param initial the law of E
/// @param options what the family has in common
public record DirectFeedbackAlignment(Initializer initial, TransportOptions options)
    implements TransportRule {
  @Override
  public String name() {
    return "direct-feedback-alignment";
  }

  @Override
  public String abbreviation() {
    return "dfa";
  }

  @Override
  public Feedback feedback(Junction at) {
    if (at.projection().window().groups() > 1) {
      throw at.fault("direct feedback alignment needs groups: 1");
    }
    return new DirectFeedback(at, initial);
  }
}
