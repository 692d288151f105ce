package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Sizes.Product;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The three products of a projection and the matrix product.
interface ProductContract {
  Comparison compare();

  @Test
  default void projectsEveryShape() {
    for (Product p : compare().sizes().products()) {
      compare().check("project " + p, side -> project(side, p));
    }
  }

  @Test
  default void transportsEveryShape() {
    for (Product p : compare().sizes().products()) {
      for (double beta : new double[] {0, -0.75}) {
        compare().check("transport " + p + ", beta " + beta, side -> transport(side, p, beta));
      }
    }
  }

  @Test
  default void correlatesEveryShape() {
    for (Product p : compare().sizes().products()) {
      for (double beta : new double[] {0, 0.9}) {
        compare().check("correlate " + p + ", beta " + beta, side -> correlate(side, p, beta));
      }
    }
  }

  private static Tensor project(Side side, Product p) {
    int fanIn = p.window().kh() * p.window().kw() * p.c() / p.window().groups();
    Tensor u = side.out(Tolerance.sum(fanIn), p.n(), p.oh(), p.ow(), p.o());
    side.kernels().project(u, map(side, p), weights(side, p), p.window());
    return u;
  }

  private static void transport(Side side, Product p, double beta) {
    int fanOut = p.window().kh() * p.window().kw() * p.o() / p.window().groups();
    Tolerance tolerance = Tolerance.sum(fanOut + 1);
    int[] axes = {p.n(), p.h(), p.w(), p.c()};
    Tensor gx = beta == 0 ? side.out(tolerance, axes) : side.inOut(tolerance, axes);
    side.kernels().transport(gx, signal(side, p), weights(side, p), p.window(), beta);
  }

  private static void correlate(Side side, Product p, double beta) {
    Window g = p.window();
    Tolerance tolerance = Tolerance.sum(p.n() * p.oh() * p.ow() + 1);
    int[] axes = {p.o(), g.kh(), g.kw(), p.c() / g.groups()};
    Tensor gw = beta == 0 ? side.out(tolerance, axes) : side.inOut(tolerance, axes);
    side.kernels().correlate(gw, signal(side, p), map(side, p), g, beta);
  }

  private static Tensor map(Side side, Product p) {
    return side.in(p.n(), p.h(), p.w(), p.c());
  }

  private static Tensor weights(Side side, Product p) {
    Window g = p.window();
    return side.in(p.o(), g.kh(), g.kw(), p.c() / g.groups());
  }

  private static Tensor signal(Side side, Product p) {
    return side.in(p.n(), p.oh(), p.ow(), p.o());
  }

  @Test
  default void takesDenseTensorsOfRankTwo() {
    compare()
        .check(
            "dense products of rank two",
            side -> {
              Kernels k = side.kernels();
              Tensor x = side.in(5, 13);
              Tensor w = side.in(7, 13);
              Tensor d = side.in(5, 7);
              k.project(side.out(Tolerance.sum(13), 5, 7), x, w, Window.DENSE);
              k.transport(side.out(Tolerance.sum(7), 5, 13), d, w, Window.DENSE, 0);
              k.correlate(side.out(Tolerance.sum(5), 7, 13), d, x, Window.DENSE, 0);
            });
  }

  @Test
  default void transportGivesBetaTimesTheOldValueWhereNoWindowTouches() {
    Window g = new Window(2, 2, 3, 1, 1);
    compare()
        .check(
            "untouched cells",
            side -> {
              Tensor gx = side.inOut(Tolerance.sum(12), 1, 7, 7, 2);
              side.kernels().transport(gx, side.in(1, 2, 2, 3), side.in(3, 2, 2, 2), g, 0.5);
            });
  }

  @Test
  default void theThreeProductsAreAdjoint() {
    for (Product p : compare().sizes().products()) {
      Side side = new Side(compare().kernels(), DType.F64, DType.F64, p.hashCode());
      Kernels k = side.kernels();
      Tensor x = map(side, p);
      Tensor w = weights(side, p);
      Tensor d = signal(side, p);
      Tensor u = side.out(Tolerance.EXACT, d.shape().axes());
      Tensor gx = side.out(Tolerance.EXACT, x.shape().axes());
      Tensor gw = side.out(Tolerance.EXACT, w.shape().axes());
      k.project(u, x, w, p.window());
      k.transport(gx, d, w, p.window(), 0);
      k.correlate(gw, d, x, p.window(), 0);
      double inner = dot(u, d);
      int terms = u.size() * (w.size() / Math.max(1, p.o()));
      double bound = Tolerance.sum(terms).bound(DType.F64, inner);
      assertEquals(inner, dot(x, gx), bound, () -> "<x, transport> of " + p);
      assertEquals(inner, dot(w, gw), bound, () -> "<w, correlate> of " + p);
    }
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.get(i) * b.get(i);
    }
    return sum;
  }

  @Test
  default void multipliesMatricesInEveryOrientation() {
    for (Product p : compare().sizes().products()) {
      if (p.window().equals(Window.DENSE)) {
        multiplyEveryForm(p);
      }
    }
  }

  private void multiplyEveryForm(Product p) {
    boolean large = (long) p.n() * p.c() * p.o() > 1_000_000;
    for (int form = 0; form < (large ? 4 : 8); form++) {
      boolean a = (form & 1) != 0;
      boolean b = (form & 2) != 0;
      double beta = (form & 4) != 0 ? 1.5 : 0;
      compare().check("gemm %s, form %d".formatted(p, form), side -> multiply(side, p, a, b, beta));
    }
  }

  private static void multiply(Side side, Product p, boolean a, boolean b, double beta) {
    Tensor left = a ? side.in(p.c(), p.n()) : side.in(p.n(), p.c());
    Tensor right = b ? side.in(p.o(), p.c()) : side.in(p.c(), p.o());
    Tolerance tolerance = Tolerance.sum(p.c() + 1);
    Tensor c = beta == 0 ? side.out(tolerance, p.n(), p.o()) : side.inOut(tolerance, p.n(), p.o());
    side.kernels().gemm(c, left, a, right, b, beta);
  }
}
