package dev.lamina.data;

import dev.lamina.tensor.Shape;

/// The border between channels first, as files have it, and channels last.
final class Planar {
  private Planar() {}

  /// Writes one image, planes `[c, h, w]` at `planes[at]`, to `row` as `sample` `[h, w, c]`.
  static void interleave(byte[] row, byte[] planes, int at, Shape sample) {
    int places = sample.axis(0) * sample.axis(1);
    int channels = sample.axis(2);
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < places; i++) {
        row[i * channels + c] = planes[at + c * places + i];
      }
    }
  }
}
