package dev.lamina.kernel;

import dev.lamina.kernel.Activation.Kind;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Activations and their derivatives.
interface ActivationContract {
  Comparison compare();

  @Test
  default void activatesAndSendsTheGradientBack() {
    for (Kind kind : Kind.values()) {
      for (double a : parameters(kind)) {
        Activation f = new Activation(kind, a);
        for (int n : compare().sizes().lengths()) {
          compare().check("%s of %d".formatted(f, n), side -> both(side, side.in(3, n), f, 6));
        }
        // Where large numbers cancel, a steep power magnifies what is left without bound.
        boolean unbounded = kind == Kind.EXP || (kind == Kind.TRIANGLE && a < 1);
        if (!unbounded) {
          compare().check(f + " of large", side -> both(side, side.large(1, 95), f, 80));
        }
      }
    }
  }

  private static double[] parameters(Kind kind) {
    return switch (kind) {
      case REPU, TRIANGLE -> new double[] {1, 0.7, 1.4, 2};
      case TANH, SIGMOID, SOFTPLUS -> new double[] {1, 2.5};
      case ELU, LEAKY_RELU -> new double[] {0.5};
      default -> new double[] {1};
    };
  }

  /// Ten roundings of the result or of the input, an exponential of an argument up to `a largest`,
  /// and for the triangle the mean of the row.
  private static void both(Side side, Tensor x, Activation f, double largest) {
    int[] axes = x.shape().axes();
    Tolerance tolerance =
        Tolerance.exponential(f.parameter() * 6, 0).and(Tolerance.steps(10)).times(largest / 6);
    if (f.kind() == Kind.TRIANGLE) {
      tolerance = tolerance.and(Tolerance.mean(axes[1]).times(largest));
    }
    side.kernels().activate(side.out(tolerance, axes), x, f);
    Tensor gy = side.positive(axes);
    Tolerance slope = slope(f, tolerance);
    side.kernels().activateBackward(side.out(slope, axes), gy, x, f);
    side.kernels().activateBackward(side.compare(slope, gy), gy, x, f);
    side.kernels().activate(side.compare(tolerance, x), x, f);
  }

  /// A power below 1 has a steep derivative near 0, which magnifies the error of the centred input.
  private static Tolerance slope(Activation f, Tolerance tolerance) {
    boolean steep = f.kind() == Kind.TRIANGLE && f.parameter() < 1;
    return steep ? tolerance.times(1e6) : tolerance.times(6);
  }

  @Test
  default void keepsNaNAndInfinityWhereTheyMeanSomething() {
    Kind[] kinds = {
      Kind.RELU,
      Kind.LEAKY_RELU,
      Kind.TANH,
      Kind.SIGMOID,
      Kind.ELU,
      Kind.SELU,
      Kind.EXP,
      Kind.SOFTPLUS
    };
    for (Kind kind : kinds) {
      Activation f = Activation.of(kind);
      compare()
          .check(
              f + " of extremes",
              side -> {
                Tensor x = side.extremes(100);
                side.kernels().activate(side.out(Tolerance.exponential(104, 0), 100), x, f);
              });
    }
  }
}
