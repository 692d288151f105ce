package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Steps of the optimisers; parameters and states are compared after several of them.
interface OptimizerContract {
  int STEPS = 4;

  Comparison compare();

  @Test
  default void stepsDownTheGradient() {
    for (int n : compare().sizes().lengths()) {
      for (double momentum : new double[] {0, 0.9}) {
        for (boolean nesterov : new boolean[] {false, true}) {
          compare()
              .check(
                  "sgd %d, momentum %s, nesterov %s".formatted(n, momentum, nesterov),
                  side -> sgd(side, n, momentum, nesterov));
        }
      }
    }
  }

  private static void sgd(Side side, int n, double momentum, boolean nesterov) {
    Tensor p = side.inOut(Tolerance.steps(8 * STEPS), n);
    Tensor buffer = side.inOut(momentum == 0 ? Tolerance.EXACT : Tolerance.steps(8 * STEPS), n);
    for (int t = 1; t <= STEPS; t++) {
      side.kernels().sgd(p, side.in(n), buffer, 0.1, momentum, 0.3, 0.01, nesterov, t == 1);
    }
  }

  @Test
  default void stepsByAdam() {
    for (int n : compare().sizes().lengths()) {
      for (int form = 0; form < 4; form++) {
        boolean decoupled = (form & 1) != 0;
        boolean amsgrad = (form & 2) != 0;
        compare()
            .check(
                "adam %d, decoupled %s, amsgrad %s".formatted(n, decoupled, amsgrad),
                side -> adam(side, n, decoupled, amsgrad));
      }
    }
  }

  private static void adam(Side side, int n, boolean decoupled, boolean amsgrad) {
    Kernels k = side.kernels();
    Tensor p = side.inOut(Tolerance.steps(12 * STEPS), n);
    Tensor m = zeros(side, n);
    Tensor v = zeros(side, n);
    Tensor largest = amsgrad ? zeros(side, n) : v;
    for (int t = 1; t <= STEPS; t++) {
      k.adam(p, side.in(n), m, v, largest, 0.05, 0.9, 0.999, 1e-8, 0.1, decoupled, t);
    }
  }

  @Test
  default void aGradientOfZeroChangesNothingInFreshState() {
    compare()
        .check(
            "adam and rmsprop of zeros",
            side -> {
              Kernels k = side.kernels();
              Tensor g = zeros(side, 37);
              Tensor m = zeros(side, 37);
              Tensor v = zeros(side, 37);
              Tensor p = side.inOut(Tolerance.EXACT, 37);
              k.adam(p, g, m, v, v, 0.05, 0.9, 0.999, 1e-8, 0, false, 1);
              k.rmsprop(p, g, v, v, v, 0.05, 0.99, 1e-8, 0, 0);
            });
  }

  @Test
  default void stepsByRmsProp() {
    for (int n : compare().sizes().lengths()) {
      for (double momentum : new double[] {0, 0.9}) {
        for (boolean centred : new boolean[] {false, true}) {
          compare()
              .check(
                  "rmsprop %d, momentum %s, centred %s".formatted(n, momentum, centred),
                  side -> rmsprop(side, n, momentum, centred));
        }
      }
    }
  }

  /// `v - a²` of the centred form is never below half of v here (α = 0.5, two signs), so its error
  /// is at most doubled.
  private static void rmsprop(Side side, int n, double momentum, boolean centred) {
    Tensor p = side.inOut(Tolerance.steps(24 * STEPS), n);
    Tensor v = zeros(side, n);
    Tensor mean = centred ? zeros(side, n) : v;
    Tensor buffer = zeros(side, n);
    for (int t = 1; t <= STEPS; t++) {
      Tensor g = t % 2 == 0 ? side.positive(n) : side.negative(n);
      side.kernels().rmsprop(p, g, v, mean, buffer, 0.02, 0.5, 1e-8, momentum, 0.01);
    }
  }

  private static Tensor zeros(Side side, int n) {
    Tensor t = side.inOut(Tolerance.steps(8 * STEPS), n);
    side.kernels().fill(t, 0);
    return t;
  }
}
