package dev.lamina.guide;

import dev.lamina.kernel.*;
import dev.lamina.network.*;
import dev.lamina.tensor.*;
import java.util.Map;
import java.util.function.Function;

/// Oja's rule: every neuron learns the first principal component of its input.
///
///     ΔW = Σ u xᵀ - diag(Σ u²) W        W ← W + η ΔW / N
public record Oja(double rate) implements Rule {
  public String name() {
    return "oja";
  }

  public Reach reach() {
    return Reach.NONE;
  }

  public Learning start(Network network, int block, Plan plan, Draws draws, Kernels k) {
    var projection = network.blocks().get(block).projection();
    Tensor w = projection.weight().value();
    Tensor delta = Tensor.zeros(w.type(), w.shape());
    Tensor c = Tensor.zeros(w.type(), w.axis(0));
    return new Learning() {
      public void learn(Pass pass) {
        Tensor x = pass.tap(block, Tap.X);
        Tensor u = pass.tap(block, Tap.U);
        Tensor uu = pass.scratch(block, "uu", u.shape());
        k.correlate(delta, u, x, projection.window(), 0); // Σ u xᵀ
        k.combine(uu, u, u, Operation.MULTIPLY);
        k.columnSums(c, uu); //                              Σ u²
        k.subtractScaledRows(delta, c, w); //                - diag(Σ u²) W
        k.addScaled(w, rate * w.axis(0) / u.size(), delta); // W += η ΔW / N
      }

      public Map<String, Tensor> state() {
        return Map.of();
      }
    };
  }

  /// Makes the name known to YAML files and descriptions.
  public static final class Words implements Vocabulary {
    public Map<String, Function<Settings, Rule>> rules() {
      return Map.of("oja", s -> new Oja(s.positive("rate", 0.01)));
    }
  }
}
