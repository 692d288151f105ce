package dev.lamina.kernel.vector;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.Tensor;

/// The three products of a projection and `gemm`, each told to `Product` as views: no patch is
/// built.
///
/// | product | rows | columns | k | K blocks |
/// |---|---|---|---|---|
/// | `project` | positions | outputs | patch: kernel row, kernel column, channel | convolution |
/// | `transport` | cells of the map | channels | kernel row, kernel column, output | convolution (`Transport`) |
/// | `correlate` | outputs | patch | positions | positions |
/// | `gemm` | m | n | k | dense |
final class Projections {
  private Projections() {}

  /// `Kernels.gemm` for F32.
  static void gemm(
      ThreadPool pool,
      Tensor c,
      Tensor a,
      boolean transposeA,
      Tensor b,
      boolean transposeB,
      double beta) {
    Product product = Workspace.current().product;
    int m = c.axis(0);
    int n = c.axis(1);
    int k = a.axis(transposeA ? 0 : 1);
    product.left.matrix(a.floats(), a.offset(), a.axis(1));
    product.right.matrix(b.floats(), b.offset(), b.axis(1));
    product.result.matrix(c.floats(), c.offset(), n);
    product.leftAlongK = !transposeA;
    product.rightAlongK = transposeB;
    product.beta = (float) beta;
    product.size(1, m, n, k);
    Blocks.dense(product, k);
    product.compute(pool);
  }

  /// `Kernels.project` for F32.
  static void project(ThreadPool pool, Tensor u, Tensor x, Tensor w, Window g) {
    Product product = Workspace.current().product;
    int positions = positions(u);
    int outputs = w.axis(0) / g.groups();
    int channels = w.axis(-1);
    int patch = g.kh() * g.kw() * channels;
    patches(product.left, u, x, g);
    product.right.of(w.floats(), w.offset(), outputs * patch).rows(patch).oneRun();
    product.result.of(u.floats(), u.offset(), outputs).rows(w.axis(0)).oneRun();
    product.leftAlongK = true;
    product.rightAlongK = true;
    product.beta = 0;
    product.size(g.groups(), positions, outputs, patch);
    Blocks.convolution(product, g.kh(), g.kw(), channels);
    product.compute(pool);
  }

  /// `Kernels.correlate` for F32.
  static void correlate(ThreadPool pool, Tensor gw, Tensor d, Tensor x, Window g, double beta) {
    Product product = Workspace.current().product;
    int positions = positions(d);
    int outputs = gw.axis(0) / g.groups();
    int patch = g.kh() * g.kw() * gw.axis(-1);
    product.left.of(d.floats(), d.offset(), outputs).rows(gw.axis(0)).oneRun();
    patches(product.right, d, x, g);
    product.result.of(gw.floats(), gw.offset(), outputs * patch).rows(patch).oneRun();
    product.leftAlongK = false;
    product.rightAlongK = false;
    product.beta = (float) beta;
    product.size(g.groups(), outputs, patch, positions);
    Blocks.positions(product, positions);
    product.compute(pool);
  }

  /// `Kernels.transport` for F32.
  static void transport(ThreadPool pool, Tensor gx, Tensor d, Tensor v, Window g, double beta) {
    Workspace.current().transport.compute(pool, gx, d, v, g, beta);
  }

  /// The patches of `x` that `g` takes for the positions of `u`.
  private static void patches(View view, Tensor u, Tensor x, Window g) {
    int channels = x.axis(-1);
    int width = MapChecks.width(x);
    int perGroup = channels / g.groups();
    view.of(x.floats(), x.offset(), perGroup);
    view.rows(
        MapChecks.height(x) * width * channels,
        MapChecks.height(u),
        g.stride() * width * channels,
        MapChecks.width(u),
        g.stride() * channels);
    boolean wholeRows = g.groups() == 1 && g.dilation() == 1;
    int taps = wholeRows ? 1 : g.kw();
    view.runs(wholeRows ? g.kw() * channels : perGroup, g.kh() * taps);
    for (int i = 0; i < g.kh() * taps; i++) {
      int down = i / taps * g.dilation();
      int across = i % taps * g.dilation();
      view.runAt(i, (down * width + across) * channels);
    }
  }

  private static int positions(Tensor map) {
    return map.axis(0) * MapChecks.height(map) * MapChecks.width(map);
  }
}
