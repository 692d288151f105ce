package dev.lamina.guide;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.network.*;
import dev.lamina.optim.Initializer;
import dev.lamina.rule.transport.*;
import dev.lamina.tensor.*;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Direct random target projection (Frenkel, Lefebvre & Bol 2021): in the place of the error, the
/// layer below gets a random image of the label.
///
///     gx = t E / n        t one-hot labels [n, C], E [C, in] drawn once, for dense layers
public record TargetProjection() implements TransportRule {
  public String name() {
    return "target-projection";
  }

  public TransportOptions options() {
    return TransportOptions.NONE;
  }

  public List<Evaluation> evaluations(Network network, int block) {
    return List.of(); // what is sent is no error: there are no angles to measure
  }

  public Feedback feedback(Junction at) {
    Shape shape = at.w().shape().withFirst(at.classes());
    Tensor e = at.drawn("targets", shape, new Initializer.Xavier());
    return new Feedback() {
      private Tensor t = e;

      public void beforeForward(Pass pass) {
        Kernels k = pass.kernels();
        Shape labels = Shape.of(pass.size(), at.classes());
        t = pass.once("targets", e.type(), labels, y -> k.oneHot(y, pass.labels()));
      }

      public Tensor matrix(Projection p, Site s) {
        return e;
      }

      public void send(Site s, Projection p, Tensor gx, Tensor d) {
        s.kernels().gemm(gx, t, false, e, false, 0); // t E
        s.kernels().affine(gx, gx, 1.0 / t.axis(0), 0); //  / n
      }

      public Map<String, Tensor> state() {
        return Map.of("targets", e);
      }
    };
  }

  /// Makes the name known to YAML files and descriptions.
  public static final class Words implements Vocabulary {
    public Map<String, Function<Settings, Rule>> rules() {
      return Map.of("target-projection", s -> new TargetProjection());
    }
  }
}
