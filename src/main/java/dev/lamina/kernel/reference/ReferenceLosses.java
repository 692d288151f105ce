package dev.lamina.kernel.reference;

import dev.lamina.tensor.Tensor;
import java.util.function.DoubleBinaryOperator;

/// Losses beside cross-entropy (`specs/operations.md`, section 5).
final class ReferenceLosses {
  private ReferenceLosses() {}

  static void squaredError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    apply(loss, g, x, t, scale, (a, b) -> (a - b) * (a - b), (a, b) -> 2 * (a - b));
  }

  static void absoluteError(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    apply(loss, g, x, t, scale, (a, b) -> Math.abs(a - b), (a, b) -> Math.signum(a - b));
  }

  static void logisticLoss(Tensor loss, Tensor g, Tensor x, Tensor t, double scale) {
    apply(
        loss,
        g,
        x,
        t,
        scale,
        (a, b) -> Math.max(a, 0) - a * b + StrictMath.log1p(StrictMath.exp(-Math.abs(a))),
        (a, b) -> ReferenceActivations.sigmoid(a) - b);
  }

  private static void apply(
      Tensor loss,
      Tensor g,
      Tensor x,
      Tensor t,
      double scale,
      DoubleBinaryOperator value,
      DoubleBinaryOperator derivative) {
    double[] outputs = Doubles.of(x);
    double[] targets = Doubles.of(t);
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      sum += value.applyAsDouble(outputs[i], targets[i]);
      outputs[i] = derivative.applyAsDouble(outputs[i], targets[i]) * scale;
    }
    Doubles.store(g, outputs);
    loss.set(0, sum * scale);
  }
}
