package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The products give the bits of scalar chains over the promised K blocks, at every vector width
/// and with every number of threads.
@Tag("widths")
class ProductBitsTest {
  private static final double[] BETAS = {0, 1, -0.3};
  private static final ThreadPool[] POOLS = {
    new ThreadPool(1), new ThreadPool(2), new ThreadPool(3)
  };

  private final Random random = new Random(11);

  @ParameterizedTest(name = "{0} x {1} over {2}")
  @CsvSource({
    "1, 1, 1",
    "1, 10, 784",
    "3, 5, 7",
    "4, 8, 16",
    "8, 32, 384",
    "9, 33, 385",
    "5, 17, 512",
    "17, 31, 300",
    "32, 10, 257",
    "65, 70, 40",
    "2, 2, 0",
    "2, 9, 0",
    "45, 29, 1300",
    "0, 3, 4",
    "3, 0, 4",
    "130, 1, 19"
  })
  void gemmHasTheBitsOfScalarChains(int m, int n, int k) {
    for (ThreadPool pool : POOLS) {
      for (int form = 0; form < 4; form++) {
        boolean ta = form % 2 == 1;
        boolean tb = form / 2 == 1;
        Tensor a = random(ta ? k : m, ta ? m : k);
        Tensor b = random(tb ? n : k, tb ? k : n);
        for (double beta : BETAS) {
          Tensor c = random(m, n);
          Tensor expected = c.copy();
          ScalarProducts.gemm(expected, a, ta, b, tb, beta);
          Projections.gemm(pool, c, a, ta, b, tb, beta);
          same(expected, c, "gemm form " + form + " beta " + beta + " threads " + pool.threads());
        }
      }
    }
  }

  @ParameterizedTest(
      name = "{0} maps {1}x{2}x{3} to {4}, kernel {5}x{6} stride {7} dilation {8} groups {9}")
  @CsvSource({
    "2, 8, 8, 3, 20, 5, 5, 1, 1, 1",
    "1, 6, 7, 50, 9, 3, 3, 1, 1, 1",
    "1, 5, 5, 140, 4, 3, 3, 1, 1, 1",
    "1, 4, 5, 300, 3, 2, 3, 1, 1, 1",
    "3, 1, 1, 400, 10, 1, 1, 1, 1, 1",
    "2, 4, 4, 7, 5, 1, 1, 2, 1, 1",
    "2, 9, 8, 4, 6, 3, 2, 2, 1, 1",
    "1, 11, 12, 3, 5, 3, 3, 3, 2, 1",
    "1, 11, 12, 4, 6, 3, 3, 2, 2, 2",
    "2, 7, 7, 6, 9, 3, 3, 1, 2, 3",
    "1, 5, 6, 8, 8, 3, 3, 1, 1, 8",
    "2, 9, 5, 2, 3, 2, 2, 4, 1, 1",
    "1, 4, 40, 2, 40, 1, 3, 1, 1, 1",
    "0, 4, 4, 2, 3, 3, 3, 1, 1, 1",
    "3, 20, 20, 1, 33, 5, 5, 1, 1, 1"
  })
  void projectionsHaveTheBitsOfScalarChains(
      int n, int h, int w, int c, int o, int kh, int kw, int stride, int dilation, int groups) {
    Window g = new Window(kh, kw, stride, dilation, groups);
    Tensor x = random(n, h, w, c);
    Tensor weights = random(o, kh, kw, c / groups);
    Tensor d = random(n, g.outHeight(h), g.outWidth(w), o);
    for (ThreadPool pool : POOLS) {
      String threads = " threads " + pool.threads();
      Tensor u = random(d.shape().axes());
      Tensor expected = u.copy();
      ScalarProducts.project(expected, x, weights, g);
      Projections.project(pool, u, x, weights, g);
      same(expected, u, "project" + threads);
      for (double beta : BETAS) {
        Tensor gx = random(n, h, w, c);
        expected = gx.copy();
        ScalarProducts.transport(expected, d, weights, g, beta);
        Projections.transport(pool, gx, d, weights, g, beta);
        same(expected, gx, "transport beta " + beta + threads);
        Tensor gw = random(o, kh, kw, c / groups);
        expected = gw.copy();
        ScalarProducts.correlate(expected, d, x, g, beta);
        Projections.correlate(pool, gw, d, x, g, beta);
        same(expected, gw, "correlate beta " + beta + threads);
      }
    }
  }

  @Test
  void largeProductsThatThreadsShareHaveTheBitsOfScalarChains() {
    Tensor a = random(261, 523);
    Tensor b = random(523, 301);
    Tensor expected = random(261, 301);
    ScalarProducts.gemm(expected, a, false, b, false, 0);
    for (ThreadPool pool : POOLS) {
      Tensor c = random(261, 301);
      Projections.gemm(pool, c, a, false, b, false, 0);
      same(expected, c, "large gemm threads " + pool.threads());
    }
  }

  private Tensor random(int... axes) {
    Tensor t = Tensor.zeros(DType.F32, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextGaussian());
    }
    return t;
  }

  private static void same(Tensor expected, Tensor got, String what) {
    assertArrayEquals(expected.floats(), got.floats(), () -> what + " at " + Simd.BITS + " bits");
  }
}
