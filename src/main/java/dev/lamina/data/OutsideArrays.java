package dev.lamina.data;

import dev.lamina.layer.Layout;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The border where a caller's arrays, each sample in c, h, w order, become rows channels last.
///
/// A sample's shape is given as `[d]`, `[h, w]` or `[c, h, w]`.
final class OutsideArrays {
  private OutsideArrays() {}

  /// The rows of `x` one after the other.
  static float[] joined(float[][] x, Shape sample) {
    int length = sample.size();
    float[] flat = new float[Math.multiplyExact(x.length, length)];
    for (int i = 0; i < x.length; i++) {
      if (x[i].length != length) {
        throw new IllegalArgumentException(
            "row " + i + " has " + x[i].length + " numbers, but a sample is " + sample);
      }
      System.arraycopy(x[i], 0, flat, i * length, length);
    }
    return flat;
  }

  /// `n` samples of floating-point numbers, copied.
  static Samples rows(float[] x, Shape sample, int n) {
    check(x.length, sample, n);
    Shape last = channelsLast(sample);
    Tensor outside = Tensor.of(x, n, last.axis(2), last.axis(0), last.axis(1));
    return FloatRows.of(last, Layout.map().toInside(outside, last.batch(n)).floats());
  }

  /// `n` samples of bytes, copied.
  static Samples rows(byte[] x, Shape sample, int n) {
    check(x.length, sample, n);
    Pixels pixels = new Pixels(channelsLast(sample));
    byte[] row = new byte[sample.size()];
    for (int i = 0; i < n; i++) {
      Planar.interleave(row, x, i * row.length, pixels.sample());
      pixels.add(row, 0);
    }
    return pixels;
  }

  private static void check(int length, Shape sample, int n) {
    boolean empty = sample.size() == 0 && n > 0;
    if (empty || length != (long) n * sample.size()) {
      throw new IllegalArgumentException(
          length + " numbers are not " + n + " samples of " + sample);
    }
  }

  private static Shape channelsLast(Shape sample) {
    return switch (sample.rank()) {
      case 1 -> Shape.of(1, 1, sample.axis(0));
      case 2 -> Shape.of(sample.axis(0), sample.axis(1), 1);
      case 3 -> Shape.of(sample.axis(1), sample.axis(2), sample.axis(0));
      default ->
          throw new IllegalArgumentException("a sample is [d], [h, w] or [c, h, w], not " + sample);
    };
  }
}
