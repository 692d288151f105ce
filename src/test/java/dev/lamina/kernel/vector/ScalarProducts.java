package dev.lamina.kernel.vector;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.Tensor;

/// The four products of the vector tier by scalar loops: each element gathers its factors in the
/// order of k and sums them in the K blocks that `docs/kernels.md` promises. Equal to the last bit
/// at every width.
final class ScalarProducts {
  private final float[] a;
  private final float[] b;
  private int k;

  private ScalarProducts(int most) {
    a = new float[most];
    b = new float[most];
  }

  static void gemm(Tensor c, Tensor a, boolean ta, Tensor b, boolean tb, double beta) {
    int depth = a.axis(ta ? 0 : 1);
    ScalarProducts s = new ScalarProducts(depth);
    int n = c.axis(1);
    for (int i = 0; i < c.axis(0); i++) {
      for (int j = 0; j < n; j++) {
        s.k = 0;
        for (int q = 0; q < depth; q++) {
          s.pair(
              a.get(ta ? q * a.axis(1) + i : i * depth + q), b.get(tb ? j * depth + q : q * n + j));
        }
        s.dense(c, i * n + j, beta);
      }
    }
  }

  static void project(Tensor u, Tensor x, Tensor w, Window g) {
    Map in = new Map(x);
    Map out = new Map(u);
    int channels = w.axis(-1);
    ScalarProducts s = new ScalarProducts(g.kh() * g.kw() * channels);
    for (int e = 0; e < u.size(); e++) {
      out.seek(e);
      int group = out.c / (out.channels / g.groups());
      s.k = 0;
      for (int ky = 0; ky < g.kh(); ky++) {
        for (int kx = 0; kx < g.kw(); kx++) {
          for (int i = 0; i < channels; i++) {
            int y = out.y * g.stride() + ky * g.dilation();
            int xx = out.x * g.stride() + kx * g.dilation();
            s.pair(
                in.get(out.n, y, xx, group * channels + i),
                w.get(((out.c * g.kh() + ky) * g.kw() + kx) * channels + i));
          }
        }
      }
      s.convolution(u, e, 0, g.kh(), g.kw());
    }
  }

  static void correlate(Tensor gw, Tensor d, Tensor x, Window g, double beta) {
    Map in = new Map(x);
    Map out = new Map(d);
    int channels = gw.axis(-1);
    int perGroup = gw.axis(0) / g.groups();
    ScalarProducts s = new ScalarProducts(d.size());
    for (int e = 0; e < gw.size(); e++) {
      int i = e % channels;
      int kx = e / channels % g.kw();
      int ky = e / channels / g.kw() % g.kh();
      int o = e / channels / g.kw() / g.kh();
      s.k = 0;
      for (int p = o; p < d.size(); p += out.channels) {
        out.seek(p);
        int y = out.y * g.stride() + ky * g.dilation();
        int xx = out.x * g.stride() + kx * g.dilation();
        s.pair(d.get(p), in.get(out.n, y, xx, o / perGroup * channels + i));
      }
      s.sum(gw, e, beta, s.k, 640);
    }
  }

  static void transport(Tensor gx, Tensor d, Tensor v, Window g, double beta) {
    Map cells = new Map(gx);
    Map signal = new Map(d);
    int channels = v.axis(-1);
    int perGroup = v.axis(0) / g.groups();
    ScalarProducts s = new ScalarProducts(v.size());
    for (int e = 0; e < gx.size(); e++) {
      cells.seek(e);
      int group = cells.c / channels;
      s.k = 0;
      int rows = 0;
      int taps = 0;
      for (int ky = 0; ky < g.kh(); ky++) {
        int y = cells.y - ky * g.dilation();
        rows += y % g.stride() == 0 ? 1 : 0;
        for (int kx = 0; kx < g.kw(); kx++) {
          int x = cells.x - kx * g.dilation();
          if (y % g.stride() != 0 || x % g.stride() != 0) {
            continue;
          }
          taps++;
          for (int o = group * perGroup; o < (group + 1) * perGroup; o++) {
            s.pair(
                signal.get(cells.n, Math.floorDiv(y, g.stride()), Math.floorDiv(x, g.stride()), o),
                v.get(((o * g.kh() + ky) * g.kw() + kx) * channels + cells.c % channels));
          }
        }
      }
      if (taps == 0) {
        gx.set(e, beta == 0 ? 0 : (float) beta * (float) gx.get(e));
      } else {
        s.convolution(gx, e, beta, rows, taps / rows);
      }
    }
  }

  private void pair(double left, double right) {
    a[k] = (float) left;
    b[k++] = (float) right;
  }

  private void dense(Tensor c, int at, double beta) {
    sum(c, at, beta, k, k <= 384 ? 384 : 256);
  }

  private void convolution(Tensor c, int at, double beta, int kernelRows, int kernelColumns) {
    if (kernelRows * kernelColumns == 1 || k <= 384) {
      dense(c, at, beta);
      return;
    }
    int row = k / kernelRows;
    int parts = (row + 383) / 384;
    sum(c, at, beta, row, (row + parts - 1) / parts);
  }

  private void sum(Tensor c, int at, double beta, int span, int part) {
    float total = beta == 0 ? 0 : (float) beta * (float) c.get(at);
    boolean first = beta == 0;
    for (int row = 0; row < k; row += span) {
      for (int from = row; from < Math.min(k, row + span); from += part) {
        float chain = 0;
        for (int q = from; q < Math.min(Math.min(k, row + span), from + part); q++) {
          chain = Math.fma(a[q], b[q], chain);
        }
        total = first ? chain : total + chain;
        first = false;
      }
    }
    c.set(at, total);
  }

  /// A map with a position in it.
  private static final class Map {
    private final Tensor map;
    private final int h;
    private final int w;
    private final int channels;
    private int n;
    private int y;
    private int x;
    private int c;

    Map(Tensor map) {
      this.map = map;
      h = MapChecks.height(map);
      w = MapChecks.width(map);
      channels = map.axis(-1);
    }

    void seek(int element) {
      c = element % channels;
      x = element / channels % w;
      y = element / channels / w % h;
      n = element / channels / w / h;
    }

    double get(int sample, int row, int column, int channel) {
      boolean inside = row >= 0 && row < h && column >= 0 && column < w;
      return inside ? map.get(((sample * h + row) * w + column) * channels + channel) : 0;
    }
  }
}
