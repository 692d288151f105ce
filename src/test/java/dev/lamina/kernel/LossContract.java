package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Losses beside cross-entropy.
interface LossContract {
  Comparison compare();

  @Test
  default void squaredAbsoluteAndLogisticLoss() {
    for (int n : compare().sizes().lengths()) {
      compare().check("losses of " + n, side -> losses(side, n));
    }
  }

  private static void losses(Side side, int n) {
    double scale = 1.0 / Math.max(1, n);
    Tensor x = side.in(n);
    Tensor t = side.in(n);
    Kernels k = side.kernels();
    // (x - t)² is up to four times a product of inputs.
    Tolerance loss = Tolerance.mean(n).times(8);
    k.squaredError(side.out(loss, 1), side.out(Tolerance.ulps(4), n), x, t, scale);
    k.absoluteError(side.out(loss, 1), side.out(Tolerance.ROUNDED, n), x, t, scale);
    Tolerance gradient = Tolerance.steps(8).times(scale);
    k.logisticLoss(side.out(loss, 1), side.out(gradient, n), x, t, scale);
  }

  @Test
  default void equalNumbersHaveNoAbsoluteGradient() {
    compare()
        .check(
            "absoluteError of ties",
            side -> {
              Tensor g = side.out(Tolerance.EXACT, 40);
              Tensor loss = side.out(Tolerance.sum(40), 1);
              side.kernels().absoluteError(loss, g, side.ties(40), side.ties(40), 0.5);
            });
  }

  @Test
  default void theGradientOfTheLogisticLossMayLieOnTheTargets() {
    for (int n : compare().sizes().lengths()) {
      compare()
          .check(
              "logisticLoss on targets of " + n,
              side -> {
                double scale = 1.0 / Math.max(1, n);
                Tensor g = side.inOut(Tolerance.steps(8).times(scale), n);
                Tensor loss = side.out(Tolerance.mean(n).times(8), 1);
                side.kernels().logisticLoss(loss, g, side.in(n), g, scale);
              });
    }
  }

  @Test
  default void logisticLossDoesNotOverflow() {
    compare()
        .check(
            "logisticLoss of large numbers",
            side -> {
              Tensor g = side.out(Tolerance.steps(8), 90);
              Tensor loss = side.out(Tolerance.sum(90).times(80), 1);
              side.kernels().logisticLoss(loss, g, side.large(90), side.uniform(90), 0.5);
            });
  }
}
