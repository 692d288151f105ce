package dev.lamina.golden;

import dev.lamina.kernel.Operation;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Parameter;
import dev.lamina.optim.Adam;
import dev.lamina.optim.Optimizer;
import dev.lamina.optim.RmsProp;
import dev.lamina.optim.Sgd;
import dev.lamina.optim.Steps;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// How the `op_opt_*` cases are computed; the gradient of step k is `a p + noise[k]`.
final class OptimizerCases {
  private OptimizerCases() {}

  static void steps(GoldenCase c) {
    Params params = c.params();
    Tensor start = c.in("p");
    Parameter p = new Parameter("p", c.type(), start.shape(), Layout.same());
    p.value().copyFrom(start);
    Tensor noise = c.in("noise");
    Optimizer optimizer = optimizer(params.text("kind"), params.object("h"));
    Steps steps = optimizer.start(List.of(p), c.kernels());
    for (int step = 1; step <= params.integer("steps"); step++) {
      Tensor g = p.gradient();
      c.kernels().combine(g, c.in("a"), p.value(), Operation.MULTIPLY);
      Tensor drawn = noise.rows(step - 1, step).reshape(g.shape());
      c.kernels().combine(g, g, drawn, Operation.ADD);
      steps.step(params.number("lr"));
      if (c.hasOut("p." + step)) {
        c.check("p." + step, p.value());
      }
    }
  }

  private static Optimizer optimizer(String kind, Params h) {
    double decay = h.number("weight_decay", 0);
    double momentum = h.number("momentum", 0);
    return switch (kind) {
      case "sgd" -> new Sgd(momentum, h.number("dampening", 0), decay, h.flag("nesterov"));
      case "adam", "adamw" -> {
        Adam plain = new Adam();
        double beta1 = h.number("beta1", plain.beta1());
        double beta2 = h.number("beta2", plain.beta2());
        double epsilon = h.number("eps", plain.epsilon());
        boolean decoupled = kind.equals("adamw");
        yield new Adam(beta1, beta2, epsilon, decay, decoupled, h.flag("amsgrad"));
      }
      case "rmsprop" -> {
        RmsProp plain = new RmsProp();
        double alpha = h.number("alpha", plain.alpha());
        double epsilon = h.number("eps", plain.epsilon());
        yield new RmsProp(alpha, epsilon, momentum, decay, h.flag("centered"));
      }
      default -> throw new AssertionError("no optimiser " + kind);
    };
  }
}
