package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;

/// The steps of plasticity after the correlation (`specs/softhebb.md`, sections 5 to 7).
final class ReferencePlasticity {
  private static final double NEVER_ZERO_MAXIMUM = 1e-30;
  private static final double NEVER_ZERO_DISTANCE = 1e-10;

  private ReferencePlasticity() {}

  static void subtractScaledRows(Tensor delta, Tensor c, Tensor w) {
    double[] change = Doubles.of(delta);
    double[] factors = Doubles.of(c);
    double[] weights = Doubles.of(w);
    int length = length(w);
    for (int i = 0; i < change.length; i++) {
      change[i] -= factors[i / length] * weights[i];
    }
    Doubles.store(delta, change);
  }

  static void largest(Tensor most, Tensor delta) {
    double[] change = Doubles.of(delta);
    double[] out = new double[most.size()];
    int perGroup = change.length / out.length;
    for (int i = 0; i < change.length; i++) {
      int group = i / perGroup;
      out[group] = Math.max(out[group], Math.abs(change[i]));
    }
    Doubles.store(most, out);
  }

  static void addScaledRows(Tensor w, Tensor eta, Tensor delta, Tensor most) {
    double[] weights = Doubles.of(w);
    double[] rates = Doubles.of(eta);
    double[] change = Doubles.of(delta);
    double[] maxima = Doubles.of(most);
    int length = length(w);
    int perGroup = weights.length / maxima.length;
    for (int i = 0; i < weights.length; i++) {
      double rate = rates[rates.length == 1 ? 0 : i / length];
      weights[i] += rate * (change[i] / (maxima[i / perGroup] + NEVER_ZERO_MAXIMUM));
    }
    Doubles.store(w, weights);
  }

  static void rowNorms(Tensor norms, Tensor w, double order) {
    double[] weights = Doubles.of(w);
    double[] out = new double[norms.size()];
    int length = length(w);
    for (int i = 0; i < weights.length; i++) {
      out[i / length] += power(Math.abs(weights[i]), order);
    }
    ReferenceElements.each(out, sum -> root(sum, order));
    Doubles.store(norms, out);
  }

  private static double power(double v, double order) {
    return order == 2 ? v * v : StrictMath.pow(v, order);
  }

  private static double root(double sum, double order) {
    return order == 2 ? Math.sqrt(sum) : StrictMath.pow(sum, 1 / order);
  }

  static void normDependentRate(Tensor eta, Tensor norms, double rate, double power) {
    ReferenceElements.each(
        eta, norms, r -> rate * StrictMath.pow(Math.abs(r - 1) + NEVER_ZERO_DISTANCE, power));
  }

  /// Weights per neuron.
  private static int length(Tensor w) {
    return w.shape().span(1, w.shape().rank());
  }
}
