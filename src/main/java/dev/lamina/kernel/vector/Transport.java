package dev.lamina.kernel.vector;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// `gx = fold(D V) + beta gx` without a fold: each cell of the map gathers the taps that reach it.
///
/// The signal is copied once into zeros, so that every tap of every cell meets something. With a
/// stride of s the cells `(y, x)` fall into s·s phases by `y mod s` and `x mod s`; a phase is a
/// convolution of the signal with those taps `ky · dilation ≡ y mod s`, an arithmetic progression.
/// Its k runs over kernel row, kernel column, output, all ascending.
final class Transport {
  private int n;
  private int h;
  private int w;
  private int channels;
  private int outputs;
  private Window g = Window.DENSE;
  private int top;
  private int before;
  private int height;
  private int width;

  /// Computes the product.
  void compute(ThreadPool pool, Tensor gx, Tensor d, Tensor v, Window window, double beta) {
    Workspace workspace = Workspace.current();
    geometry(gx, d, window);
    float[] signal = d.floats();
    int signalAt = d.offset();
    if (height != MapChecks.height(d) || width != MapChecks.width(d)) {
      signal = workspace.padded(n * height * width * outputs);
      signalAt = 0;
      surround(d, signal);
    }
    Product product = workspace.product;
    product.beta = (float) beta;
    product.leftAlongK = true;
    product.rightAlongK = false;
    for (int phase = 0; phase < g.stride() * g.stride(); phase++) {
      phase(product, phase / g.stride(), phase % g.stride(), signal, signalAt, v, gx);
      product.compute(pool);
    }
  }

  private void geometry(Tensor gx, Tensor d, Window window) {
    g = window;
    n = gx.axis(0);
    h = MapChecks.height(gx);
    w = MapChecks.width(gx);
    channels = gx.axis(-1);
    outputs = d.axis(-1);
    top = g.dilation() * (g.kh() - 1) / g.stride();
    before = g.dilation() * (g.kw() - 1) / g.stride();
    height = top + Math.max(MapChecks.height(d), (h - 1) / g.stride() + 1);
    width = before + Math.max(MapChecks.width(d), (w - 1) / g.stride() + 1);
  }

  private void phase(
      Product product, int py, int px, float[] signal, int signalAt, Tensor v, Tensor gx) {
    int rows = Math.ceilDiv(Math.max(0, h - py), g.stride());
    int columns = Math.ceilDiv(Math.max(0, w - px), g.stride());
    int ky = firstTap(py, g.kh());
    int kx = firstTap(px, g.kw());
    int step = g.stride() / gcd(g.stride(), g.dilation());
    int down = Math.ceilDiv(g.kh() - ky, step);
    int across = Math.ceilDiv(g.kw() - kx, step);
    int perGroup = outputs / g.groups();
    product
        .left
        .of(signal, signalAt, perGroup)
        .rows(height * width * outputs, rows, width * outputs, columns, outputs);
    product.left.runs(perGroup, down * across);
    for (int tap = 0; tap < down * across; tap++) {
      int oy = (py - (ky + tap / across * step) * g.dilation()) / g.stride() + top;
      int ox = (px - (kx + tap % across * step) * g.dilation()) / g.stride() + before;
      product.left.runAt(tap, (oy * width + ox) * outputs);
    }
    weights(product.right, v, ky, kx, step, across);
    cells(product.result, gx, py, px, rows, columns);
    product.size(g.groups(), n * rows * columns, channels / g.groups(), down * across * perGroup);
    Blocks.convolution(product, down, across, perGroup);
  }

  private void weights(View view, Tensor v, int ky, int kx, int step, int across) {
    int inputs = channels / g.groups();
    int patch = g.kh() * g.kw() * inputs;
    int perGroup = outputs / g.groups();
    view.of(v.floats(), v.offset() + (ky * g.kw() + kx) * inputs, perGroup * patch)
        .rows(step * g.kw() * inputs, across, step * inputs, perGroup, patch)
        .oneRun();
  }

  private void cells(View view, Tensor gx, int py, int px, int rows, int columns) {
    int inputs = channels / g.groups();
    view.of(gx.floats(), gx.offset() + (py * w + px) * channels, inputs).oneRun();
    if (g.stride() == 1) {
      view.rows(channels);
    } else {
      view.rows(h * w * channels, rows, g.stride() * w * channels, columns, g.stride() * channels);
    }
  }

  /// The first tap that reaches cells of phase `p`; `taps` if there is none.
  private int firstTap(int p, int taps) {
    for (int tap = 0; tap < taps; tap++) {
      if (tap * g.dilation() % g.stride() == p) {
        return tap;
      }
    }
    return taps;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /// Copies the signal into the middle of zeros.
  private void surround(Tensor d, float[] to) {
    int dh = MapChecks.height(d);
    int row = MapChecks.width(d) * outputs;
    Arrays.fill(to, 0, n * height * width * outputs, 0);
    for (int r = 0; r < n * dh; r++) {
      int into = ((r / dh * height + top + r % dh) * width + before) * outputs;
      System.arraycopy(d.floats(), d.offset() + r * row, to, into, row);
    }
  }
}
