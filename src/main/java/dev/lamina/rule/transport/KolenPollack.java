package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Kolen-Pollack: the feedback learns by the same changes as the weights, so that decay brings both
/// together.
///
/// ```
/// V = B        W ← optimizer(c W, gW)        B ← optimizer(c B, gW)
/// ```
///
/// B is a parameter of its own: the optimizer decays it and keeps moments for it as for W. Under
/// plain descent at rate lr with decay λ, `W - B` shrinks by `c (1 - lr λ)` every update, whatever
/// the data.
///
/// Source: Kolen & Pollack 1994; Akrout et al. 2019; `specs/weight-transport.md`, sections 1 and
/// 3.2.
///
/// @param initial the law of B at first
/// @param decay c, the factor on W and B before each update; default 1
/// @param options what the family has in common
public record KolenPollack(Initializer initial, double decay, TransportOptions options)
    implements TransportRule {
  @Override
  public String name() {
    return "kolen-pollack";
  }

  @Override
  public String abbreviation() {
    return "kp";
  }

  @Override
  public Feedback feedback(Junction at) {
    Kernels k = at.kernels();
    Tensor w = at.w();
    Parameter b = at.projection().weight().follower(Junction.FEEDBACK);
    b.value().copyFrom(at.drawn(Junction.FEEDBACK, w.shape(), initial));
    return new Feedback() {
      @Override
      public Tensor matrix(Projection p, Site s) {
        return b.value(); // V = B
      }

      @Override
      public Tensor measured() {
        return b.value();
      }

      @Override
      public List<Parameter> learned() {
        return List.of(b);
      }

      @Override
      public void beforeStep() {
        if (decay != 1) {
          k.affine(w, w, decay, 0);
          k.affine(b.value(), b.value(), decay, 0);
        }
      }

      @Override
      public Map<String, Tensor> state() {
        return Map.of(Junction.FEEDBACK, b.value());
      }
    };
  }
}
