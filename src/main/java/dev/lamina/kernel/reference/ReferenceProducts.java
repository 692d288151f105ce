package dev.lamina.kernel.reference;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.Tensor;

/// The three products of a projection and the matrix product (`specs/operations.md`, section 2).
///
/// The three products are one walk: every output meets every run of input channels under its window
/// and the run of weights that belongs to it. They differ in what is done there.
final class ReferenceProducts {
  private ReferenceProducts() {}

  /// What one output, one run of the map and one run of weights do to each other.
  private interface Meeting {
    void of(int output, int mapRun, int weightRun, int length);
  }

  static void project(Tensor u, Tensor x, Tensor w, Window g) {
    double[] map = Doubles.of(x);
    double[] weights = Doubles.of(w);
    double[] out = new double[u.size()];
    walk(
        u,
        x,
        w,
        g,
        (o, m, v, length) -> {
          double sum = 0;
          for (int i = 0; i < length; i++) {
            sum += map[m + i] * weights[v + i];
          }
          out[o] += sum;
        });
    Doubles.store(u, out);
  }

  static void transport(Tensor gx, Tensor d, Tensor v, Window g, double beta) {
    double[] signal = Doubles.of(d);
    double[] weights = Doubles.of(v);
    double[] map = start(gx, beta);
    walk(
        d,
        gx,
        v,
        g,
        (o, m, w, length) -> {
          for (int i = 0; i < length; i++) {
            map[m + i] += signal[o] * weights[w + i];
          }
        });
    Doubles.store(gx, map);
  }

  static void correlate(Tensor gw, Tensor d, Tensor x, Window g, double beta) {
    double[] signal = Doubles.of(d);
    double[] map = Doubles.of(x);
    double[] weights = start(gw, beta);
    walk(
        d,
        x,
        gw,
        g,
        (o, m, w, length) -> {
          for (int i = 0; i < length; i++) {
            weights[w + i] += signal[o] * map[m + i];
          }
        });
    Doubles.store(gw, weights);
  }

  static void gemm(
      Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta) {
    double[] left = transposeA ? transposed(a) : Doubles.of(a);
    double[] right = transposeB ? Doubles.of(b) : transposed(b);
    double[] out = start(c, beta);
    int m = c.axis(0);
    int n = c.axis(1);
    int k = a.axis(transposeA ? 0 : 1);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int l = 0; l < k; l++) {
          sum += left[i * k + l] * right[j * k + l];
        }
        out[i * n + j] += sum;
      }
    }
    Doubles.store(c, out);
  }

  private static void walk(Tensor out, Tensor map, Tensor weights, Window g, Meeting meeting) {
    int oh = MapChecks.height(out);
    int ow = MapChecks.width(out);
    int h = MapChecks.height(map);
    int w = MapChecks.width(map);
    for (int n = 0; n < map.axis(0); n++) {
      for (int y = 0; y < oh; y++) {
        for (int x = 0; x < ow; x++) {
          int output = ((n * oh + y) * ow + x) * out.axis(-1);
          for (int ky = 0; ky < g.kh(); ky++) {
            for (int kx = 0; kx < g.kw(); kx++) {
              int row = n * h + y * g.stride() + ky * g.dilation();
              int cell = (row * w + x * g.stride() + kx * g.dilation()) * map.axis(-1);
              neurons(output, cell, ky * g.kw() + kx, weights, g, meeting);
            }
          }
        }
      }
    }
  }

  /// All neurons at one position meet the run of their group at one cell, under one tap.
  private static void neurons(
      int output, int cell, int tap, Tensor weights, Window g, Meeting meeting) {
    int taps = g.kh() * g.kw();
    int length = weights.axis(-1);
    int perGroup = weights.axis(0) / g.groups();
    for (int o = 0; o < weights.axis(0); o++) {
      meeting.of(output + o, cell + o / perGroup * length, (o * taps + tap) * length, length);
    }
  }

  /// `beta` times what an output holds; 0 forgets it, whatever it is.
  private static double[] start(Tensor t, double beta) {
    if (beta == 0) {
      return new double[t.size()];
    }
    double[] values = Doubles.of(t);
    for (int i = 0; i < values.length; i++) {
      values[i] *= beta;
    }
    return values;
  }

  private static double[] transposed(Tensor t) {
    double[] values = Doubles.of(t);
    double[] turned = new double[values.length];
    int rows = t.axis(0);
    int columns = t.axis(1);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        turned[j * rows + i] = values[i * columns + j];
      }
    }
    return turned;
  }
}
