package dev.lamina.golden;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;

/// How the `op_opt_*` cases are computed by the kernels; the gradient of step k is `a p +
/// noise[k]`.
final class OptimizerCases {
  private final Kernels k;
  private final Params h;
  private final String kind;
  private final double rate;
  private final Tensor[] states;

  private OptimizerCases(GoldenCase c) {
    this.k = c.kernels();
    this.kind = c.params().text("kind");
    this.rate = c.params().number("lr");
    this.h = c.params().object("h");
    int[] axes = c.in("p").shape().axes();
    this.states = new Tensor[] {c.zeros(axes), c.zeros(axes), c.zeros(axes)};
  }

  static void steps(GoldenCase c) {
    OptimizerCases optimizer = new OptimizerCases(c);
    Tensor p = c.in("p");
    Tensor noise = c.in("noise");
    Tensor g = c.zeros(p.shape().axes());
    for (int step = 1; step <= c.params().integer("steps"); step++) {
      c.kernels().combine(g, c.in("a"), p, Operation.MULTIPLY);
      Tensor drawn = noise.rows(step - 1, step).reshape(p.shape());
      c.kernels().combine(g, g, drawn, Operation.ADD);
      optimizer.step(p, g, step);
      if (c.hasOut("p." + step)) {
        c.check("p." + step, p);
      }
    }
  }

  private void step(Tensor p, Tensor g, int step) {
    double decay = h.number("weight_decay", 0);
    double momentum = h.number("momentum", 0);
    switch (kind) {
      case "sgd" -> {
        double dampening = h.number("dampening", 0);
        boolean nesterov = h.flag("nesterov");
        k.sgd(p, g, states[0], rate, momentum, dampening, decay, nesterov, step == 1);
      }
      case "rmsprop" -> {
        Tensor mean = h.flag("centered") ? states[1] : states[0];
        double alpha = h.number("alpha", 0.99);
        k.rmsprop(
            p, g, states[0], mean, states[2], rate, alpha, h.number("eps", 1e-8), momentum, decay);
      }
      case "adam", "adamw" -> {
        Tensor largest = h.flag("amsgrad") ? states[2] : states[1];
        double beta1 = h.number("beta1", 0.9);
        double beta2 = h.number("beta2", 0.999);
        boolean decoupled = kind.equals("adamw");
        k.adam(
            p,
            g,
            states[0],
            states[1],
            largest,
            rate,
            beta1,
            beta2,
            h.number("eps", 1e-8),
            decay,
            decoupled,
            step);
      }
      default -> throw new AssertionError("no optimiser " + kind);
    }
  }
}
