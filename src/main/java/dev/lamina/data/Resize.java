package dev.lamina.data;

import dev.lamina.tensor.Shape;

/// Bilinear resizing of byte images, the same bits everywhere.
///
/// ```
/// scale = n_in / n_out,  support = max(scale, 1),  c = (o + 0.5) scale
/// weight_j = max(0, 1 - |(j - c + 0.5) / support|), divided by their sum, as 22-bit integers
/// ```
///
/// Shrinking widens the filter. The horizontal pass is rounded to bytes, then comes the vertical
/// one. Source: specs/weight-transport.md, section 6.2.
final class Resize {
  private static final int BITS = 22;
  private static final int HALF = 1 << (BITS - 1);

  private Resize() {}

  /// The given rows of `from`, each `side` x `side` pixels.
  static Pixels all(Pixels from, int[] rows, int side) {
    int[] hwc = from.sample().axes();
    Pixels to = new Pixels(Shape.of(side, side, hwc[2]));
    for (int row : rows) {
      to.add(bilinear(from.copy(row), hwc, side, side), 0);
    }
    return to;
  }

  /// An image of pixels `[h, w, c]` as `[toH, toW, c]`.
  static byte[] bilinear(byte[] pixels, int[] hwc, int toH, int toW) {
    int h = hwc[0];
    int w = hwc[1];
    int c = hwc[2];
    byte[] wide = w == toW ? pixels : along(pixels, h, w, c, toW);
    return h == toH ? wide : along(wide, 1, h, toW * c, toH);
  }

  /// Resizes the middle axis of `[outer, n, inner]` to `to`.
  private static byte[] along(byte[] x, int outer, int n, int inner, int to) {
    byte[] y = new byte[Math.multiplyExact(Math.multiplyExact(outer, to), inner)];
    for (int o = 0; o < to; o++) {
      Weights weights = Weights.of(n, to, o);
      for (int i = 0; i < outer; i++) {
        for (int k = 0; k < inner; k++) {
          y[(i * to + o) * inner + k] = weights.apply(x, i * n * inner + k, inner);
        }
      }
    }
    return y;
  }

  /// The integer weights of the inputs `first`, `first + 1`, ... for one output.
  private static final class Weights {
    private final int first;
    private final int[] values;

    private Weights(int first, int[] values) {
      this.first = first;
      this.values = values;
    }

    static Weights of(int n, int to, int o) {
      double scale = (double) n / to;
      double support = Math.max(scale, 1);
      double centre = (o + 0.5) * scale;
      int first = Math.max((int) (centre - support + 0.5), 0);
      int end = Math.min((int) (centre + support + 0.5), n);
      double[] shares = new double[end - first];
      double sum = 0;
      for (int j = first; j < end; j++) {
        shares[j - first] = Math.max(0, 1 - Math.abs((j - centre + 0.5) / support));
        sum += shares[j - first];
      }
      int[] values = new int[shares.length];
      for (int j = 0; j < values.length; j++) {
        values[j] = (int) Math.floor(shares[j] / sum * (1 << BITS) + 0.5);
      }
      return new Weights(first, values);
    }

    byte apply(byte[] x, int at, int stride) {
      int sum = HALF;
      for (int j = 0; j < values.length; j++) {
        sum += values[j] * (x[at + (first + j) * stride] & 0xFF);
      }
      return (byte) Math.clamp(sum >> BITS, 0, 255);
    }
  }
}
