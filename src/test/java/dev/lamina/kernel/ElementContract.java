package dev.lamina.kernel;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Element-wise operations and their broadcasts.
interface ElementContract {
  /// Rows and columns.
  int[][] MATRICES = {
    {0, 3}, {3, 0}, {1, 1}, {5, 3}, {7, 17}, {16, 16}, {2, 1025}, {513, 3}, {129, 1}, {65, 33}
  };

  Comparison compare();

  @Test
  default void mapsEveryFunction() {
    for (Function f : Function.values()) {
      for (int n : compare().sizes().lengths()) {
        compare().check(f + " of " + n, side -> map(side, side.in(n), f));
      }
      compare().check(f + " of extremes", side -> map(side, side.extremes(100), f));
      compare().check(f + " of large", side -> map(side, side.large(77), f));
    }
  }

  private static void map(Side side, Tensor x, Function f) {
    Tolerance tolerance =
        switch (f) {
          case ABS, SIGN, NEGATE -> Tolerance.EXACT;
          case SQRT, SQUARE, RECIPROCAL -> Tolerance.ROUNDED;
          default -> Tolerance.ulps(4);
        };
    side.kernels().map(side.out(tolerance, x.size()), x, f);
    side.kernels().map(side.compare(tolerance, x), x, f);
  }

  @Test
  default void combinesWithEveryOperation() {
    for (Operation op : Operation.values()) {
      for (int n : compare().sizes().lengths()) {
        compare().check(op + " of " + n, side -> combine(side, side.in(n), side.in(n), op));
      }
      compare()
          .check(
              op + " of extremes",
              side -> combine(side, side.extremes(500), side.extremes(500), op));
      compare().check(op + " of large", side -> combine(side, side.large(90), side.in(90), op));
    }
  }

  private static void combine(Side side, Tensor a, Tensor b, Operation op) {
    side.kernels().combine(side.out(Tolerance.ROUNDED, a.size()), a, b, op);
    side.kernels().combine(side.compare(Tolerance.ROUNDED, a), a, b, op);
    Tensor both = side.compare(Tolerance.ROUNDED, side.in(a.size()));
    side.kernels().combine(both, both, both, op);
  }

  @Test
  default void combinesWithRowsAndColumns() {
    for (Operation op : Operation.values()) {
      for (int[] m : MATRICES) {
        String what = op + " of %d x %d".formatted(m[0], m[1]);
        compare().check(what + ", columns", side -> columns(side, m, side.in(m[1]), op));
        compare().check(what + ", one number", side -> columns(side, m, side.in(1), op));
        compare().check(what + ", rows", side -> rows(side, m, side.in(m[0]), op));
        compare().check(what + ", zeros", side -> rows(side, m, side.ties(m[0]), op));
      }
    }
  }

  private static void columns(Side side, int[] m, Tensor v, Operation op) {
    Tensor x = side.in(m);
    side.kernels().combineColumns(side.out(Tolerance.ROUNDED, m), x, v, op);
    side.kernels().combineColumns(side.compare(Tolerance.ROUNDED, x), x, v, op);
  }

  private static void rows(Side side, int[] m, Tensor v, Operation op) {
    Tensor x = side.in(m);
    side.kernels().combineRows(side.out(Tolerance.ROUNDED, m), x, v, op);
    side.kernels().combineRows(side.compare(Tolerance.ROUNDED, x), x, v, op);
  }

  @Test
  default void scalesAndAdds() {
    for (int n : compare().sizes().lengths()) {
      compare()
          .check(
              "affine and addScaled " + n,
              side -> {
                Tensor x = side.in(n);
                Tensor y = side.out(Tolerance.steps(3), n);
                side.kernels().affine(y, x, -1.25, 0.3);
                side.kernels().addScaled(side.inOut(Tolerance.steps(3), n), 0.7, x);
                side.kernels().affine(side.compare(Tolerance.steps(3), x), x, 0.1, -2);
              });
    }
  }

  @Test
  default void raisesToSignedPowers() {
    for (double p : new double[] {1, 2, 0.5, 3, 1.7}) {
      for (int n : compare().sizes().lengths()) {
        compare()
            .check(
                "signedPower %s of %d".formatted(p, n),
                side -> {
                  Tensor x = side.in(n);
                  side.kernels().signedPower(side.out(Tolerance.ulps(8), n), x, p);
                  side.kernels().signedPower(side.compare(Tolerance.ulps(8), x), x, p);
                });
      }
    }
  }

  @Test
  default void fillsEveryType() {
    for (int n : compare().sizes().lengths()) {
      compare()
          .check(
              "fill " + n,
              side -> {
                side.kernels().fill(side.out(Tolerance.ROUNDED, n), 0.1);
                side.kernels().fill(side.positions(n), -3);
                side.kernels().fill(side.bytes(n), 200);
              });
    }
  }

  @Test
  default void convertsFromEveryType() {
    for (int n : compare().sizes().lengths()) {
      compare()
          .check(
              "convert " + n,
              side -> {
                Kernels k = side.kernels();
                Tensor pixels = side.bits(n);
                k.fill(pixels, 255);
                k.convert(side.out(Tolerance.steps(1), n), pixels, 1 / 255.0);
                k.convert(side.out(Tolerance.steps(1), 1, n), side.labels(1000, n), 0.5);
                k.convert(side.out(Tolerance.ROUNDED, n), side.in(n), 1);
                Tensor wide = side.in(n);
                Tensor exact = Tensor.zeros(DType.F64, n);
                for (int i = 0; i < n; i++) {
                  exact.set(i, wide.get(i));
                }
                k.convert(side.out(Tolerance.steps(2), n), exact, 3);
              });
    }
  }

  @Test
  default void masksAndDrops() {
    for (int[] m : MATRICES) {
      compare()
          .check(
              "mask and dropBelow %d x %d".formatted(m[0], m[1]),
              side -> {
                Tensor x = side.in(m);
                side.kernels().mask(side.out(Tolerance.ROUNDED, m), x, side.bits(m), 2);
                Tensor u = side.uniform(m);
                Tensor p = side.uniform(m[0]);
                side.kernels().dropBelow(side.out(Tolerance.EXACT, m), x, u, p);
                side.kernels().dropBelow(side.compare(Tolerance.EXACT, x), x, u, p);
                Tensor y = side.in(m);
                side.kernels().mask(side.compare(Tolerance.ROUNDED, y), y, side.bits(m), 0.5);
              });
    }
  }

  @Test
  default void findsTheFirstThatIsNotFinite() {
    double[] bad = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (int n : compare().sizes().lengths()) {
      for (int at = -1; at < n; at += Math.max(1, n / 3)) {
        int first = at;
        compare()
            .check(
                "first not finite %d of %d".formatted(at, n),
                side -> {
                  Tensor x = side.in(n);
                  for (int i = first; i >= 0 && i < n; i += 2) {
                    x.set(i, bad[i % bad.length]);
                  }
                  side.kernels().firstNotFinite(side.out(Tolerance.EXACT, 1), x);
                });
      }
    }
  }
}
