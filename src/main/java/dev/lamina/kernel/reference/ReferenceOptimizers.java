package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;

/// One step of each optimiser (`specs/operations.md`, section 8).
final class ReferenceOptimizers {
  private ReferenceOptimizers() {}

  static void sgd(
      Tensor p,
      Tensor g,
      Tensor buffer,
      double rate,
      double momentum,
      double dampening,
      double decay,
      boolean nesterov,
      boolean first) {
    double[] values = Doubles.of(p);
    double[] gradient = decayed(g, values, decay);
    double[] direction = gradient;
    if (momentum != 0) {
      double[] b = Doubles.of(buffer);
      for (int i = 0; i < b.length; i++) {
        b[i] = first ? gradient[i] : momentum * b[i] + (1 - dampening) * gradient[i];
      }
      Doubles.store(buffer, b);
      direction = nesterov ? ReferenceElements.each(gradient, b, (d, v) -> d + momentum * v) : b;
    }
    descend(p, values, direction, rate);
  }

  static void adam(
      Tensor p,
      Tensor g,
      Tensor m,
      Tensor v,
      Tensor largestV,
      double rate,
      double beta1,
      double beta2,
      double epsilon,
      double decay,
      boolean decoupled,
      long step) {
    double[] values = Doubles.of(p);
    if (decoupled) {
      ReferenceElements.each(values, w -> w * (1 - rate * decay));
    }
    double[] gradient = decayed(g, values, decoupled ? 0 : decay);
    double[] squares = ReferenceElements.each(gradient, gradient, (a, b) -> a * b);
    double[] mean = mixed(m, gradient, beta1);
    double[] spread = mixed(v, squares, beta2);
    if (largestV != v) {
      spread = ReferenceElements.each(Doubles.of(largestV), spread, Math::max);
      Doubles.store(largestV, spread);
    }
    double root = Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
    double[] direction =
        ReferenceElements.each(mean, spread, (a, b) -> a / (Math.sqrt(b) / root + epsilon));
    descend(p, values, direction, rate / (1 - StrictMath.pow(beta1, (double) step)));
  }

  static void rmsprop(
      Tensor p,
      Tensor g,
      Tensor v,
      Tensor mean,
      Tensor buffer,
      double rate,
      double alpha,
      double epsilon,
      double momentum,
      double decay) {
    double[] values = Doubles.of(p);
    double[] gradient = decayed(g, values, decay);
    double[] squares = ReferenceElements.each(gradient, gradient, (a, b) -> a * b);
    double[] spread = mixed(v, squares, alpha);
    if (mean != v) {
      double[] centre = mixed(mean, gradient, alpha);
      spread = ReferenceElements.each(spread, centre, (s, a) -> Math.max(0, s - a * a));
    }
    double[] direction =
        ReferenceElements.each(gradient, spread, (d, s) -> d / (Math.sqrt(s) + epsilon));
    if (momentum != 0) {
      direction = ReferenceElements.each(Doubles.of(buffer), direction, (b, d) -> momentum * b + d);
      Doubles.store(buffer, direction);
    }
    descend(p, values, direction, rate);
  }

  /// `g + decay p`; without decay p is not looked at, so an infinite weight stays what it is.
  private static double[] decayed(Tensor g, double[] p, double decay) {
    double[] gradient = Doubles.of(g);
    return decay == 0 ? gradient : ReferenceElements.each(gradient, p, (d, w) -> d + decay * w);
  }

  /// Moves a running mean towards `values`, and hands it out.
  private static double[] mixed(Tensor running, double[] values, double keep) {
    double[] r =
        ReferenceElements.each(
            Doubles.of(running), values, (old, now) -> keep * old + (1 - keep) * now);
    Doubles.store(running, r);
    return r;
  }

  private static void descend(Tensor p, double[] values, double[] direction, double rate) {
    Doubles.store(p, ReferenceElements.each(values, direction, (w, d) -> w - rate * d));
  }
}
