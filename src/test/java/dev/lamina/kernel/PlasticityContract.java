package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The steps of plasticity, for weights `[o, kh, kw, c]` in groups.
interface PlasticityContract {
  /// Neurons, kernel, channels, groups.
  int[][] WEIGHTS = {
    {1, 1, 1, 1},
    {3, 1, 5, 1},
    {4, 3, 3, 2},
    {7, 5, 3, 1},
    {16, 1, 16, 4},
    {33, 3, 7, 3},
    {96, 5, 3, 1},
    {10, 1, 1025, 1},
    {2, 3, 130, 2},
    {0, 1, 4, 1}
  };

  Comparison compare();

  @Test
  default void subtractsScalesAndUpdates() {
    for (int[] s : WEIGHTS) {
      int[] w = {s[0], s[1], s[1], s[2]};
      String what = "plasticity of %d neurons of %d, %d groups".formatted(s[0], s[2], s[3]);
      compare().check(what, side -> update(side, w, s[3], s[0]));
      compare().check(what + ", one rate", side -> update(side, w, s[3], 1));
    }
  }

  private static void update(Side side, int[] axes, int groups, int rates) {
    Kernels k = side.kernels();
    Tensor w = side.in(axes);
    Tensor delta = side.inOut(Tolerance.steps(3), axes);
    k.subtractScaledRows(delta, side.in(axes[0]), w);
    Tensor most = side.out(Tolerance.steps(3), groups);
    k.largest(most, delta);
    Tensor changed = side.compare(Tolerance.steps(8), w);
    k.addScaledRows(changed, side.positive(rates), delta, most);
  }

  @Test
  default void theLargestIsExactAndPassesNaNOn() {
    for (int[] s : WEIGHTS) {
      int[] axes = {s[0], s[1], s[1], s[2]};
      compare()
          .check(
              "largest of " + s[0] + " x " + s[2],
              side -> {
                Tensor delta = side.in(axes);
                side.kernels().largest(side.out(Tolerance.EXACT, s[3]), delta);
                if (delta.size() > 0) {
                  delta.set(delta.size() - 1, Double.NaN);
                }
                side.kernels().largest(side.out(Tolerance.EXACT, s[3]), delta);
              });
    }
  }

  @Test
  default void noChangeIsNoUpdate() {
    compare()
        .check(
            "update by nothing",
            side -> {
              Kernels k = side.kernels();
              Tensor delta = side.in(6, 11);
              k.fill(delta, 0);
              Tensor most = side.out(Tolerance.EXACT, 2);
              k.largest(most, delta);
              k.addScaledRows(side.inOut(Tolerance.EXACT, 6, 11), side.in(6), delta, most);
            });
  }

  @Test
  default void normsAndTheirRates() {
    for (int[] s : WEIGHTS) {
      for (double order : new double[] {1, 2, 3, 4.5}) {
        int n = s[1] * s[1] * s[2];
        compare()
            .check(
                "norms of %d x %d, order %s".formatted(s[0], n, order),
                side -> {
                  Tolerance norm = Tolerance.exponential(16, n);
                  Tensor w = side.in(s[0], s[1], s[1], s[2]);
                  side.kernels().rowNorms(side.out(norm, s[0]), w, order);
                });
      }
    }
  }

  @Test
  default void ratesFollowTheDistanceFromOne() {
    for (int n : compare().sizes().lengths()) {
      for (double power : new double[] {0.2, 0.5, 0.75, 1}) {
        compare()
            .check(
                "normDependentRate of %d, power %s".formatted(n, power),
                side -> {
                  // Far enough from 1 that the distance keeps its digits; exactly 1 besides.
                  Tensor norms = side.positive(n);
                  for (int i = 0; i < n; i++) {
                    norms.set(i, i % 5 == 0 ? 1 : 1.5 + norms.get(i));
                  }
                  Tensor eta = side.out(Tolerance.ulps(12), n);
                  side.kernels().normDependentRate(eta, norms, 0.08, power);
                });
      }
    }
  }
}
