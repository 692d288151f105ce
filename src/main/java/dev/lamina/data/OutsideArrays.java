package dev.lamina.data;

import dev.lamina.layer.Layout;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// The border where a caller's arrays, each sample in c, h, w order, become rows channels last.
///
/// A sample's shape is given as `[d]`, `[h, w]` or `[c, h, w]`.
final class OutsideArrays {
  private static final int MOST_CLASSES = 1_000_000;

  private OutsideArrays() {}

  /// A copy of labels, each from -1 (none) on.
  static int[] labels(int[] y) {
    int lowest = Arrays.stream(y).min().orElse(0);
    int highest = Arrays.stream(y).max().orElse(-1);
    if (lowest < -1 || highest >= MOST_CLASSES) {
      throw new IllegalArgumentException(
          "labels go from -1 (none) to "
              + (MOST_CLASSES - 1)
              + ", not from "
              + lowest
              + " to "
              + highest);
    }
    return y.clone();
  }

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
