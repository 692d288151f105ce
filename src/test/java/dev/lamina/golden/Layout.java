package dev.lamina.golden;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The border between golden files, channels first, and Lamina, channels last.
///
/// Maps NCHW and weights OIHW take the same turn: axis 1 becomes the last.
public final class Layout {
  private Layout() {}

  /// `[n, c, ...]` as `[n, ..., c]`; a tensor of rank 2 stays what it is.
  public static Tensor channelsLast(Tensor t) {
    int[] axes = t.shape().axes();
    int[] turned = axes.clone();
    System.arraycopy(axes, 2, turned, 1, axes.length - 2);
    turned[axes.length - 1] = axes[1];
    return swapped(t, Shape.of(turned), axes[1]);
  }

  /// `[n, ..., c]` as `[n, c, ...]`; a tensor of rank 2 stays what it is.
  public static Tensor channelsFirst(Tensor t) {
    int[] axes = t.shape().axes();
    int last = axes.length - 1;
    int[] turned = axes.clone();
    System.arraycopy(axes, 1, turned, 2, axes.length - 2);
    turned[1] = axes[last];
    int cells = axes[0] == 0 || axes[last] == 0 ? 0 : t.size() / axes[0] / axes[last];
    return swapped(t, Shape.of(turned), cells);
  }

  /// The last axis, a map flattened as c, h, w, reordered to h, w, c.
  public static Tensor flattenedLast(Tensor t, int c, int h, int w) {
    int rows = t.shape().rows();
    return swapped(t.reshape(rows, c * h * w), t.shape(), c);
  }

  /// The last axis, a map flattened as h, w, c, reordered to c, h, w.
  public static Tensor flattenedFirst(Tensor t, int c, int h, int w) {
    int rows = t.shape().rows();
    return swapped(t.reshape(rows, c * h * w), t.shape(), h * w);
  }

  /// Each sample, a matrix of `rows` rows, transposed.
  private static Tensor swapped(Tensor t, Shape shape, int rows) {
    Tensor out = Tensor.zeros(t.type(), shape);
    int sample = t.axis(0) == 0 ? 0 : t.size() / t.axis(0);
    for (int i = 0; i < t.size(); i++) {
      int in = i % sample;
      int columns = sample / rows;
      int to = in % columns * rows + in / columns;
      out.set(i - in + to, t.get(i));
    }
    return out;
  }
}
