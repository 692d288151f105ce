package dev.lamina.data;

import dev.lamina.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/// Pixels and labels while a reader collects them.
final class LabelledPixels {
  private final Pixels pixels;
  private int[] labels = new int[64];

  /// Nothing yet; samples of `sample` `[h, w, c]`.
  LabelledPixels(Shape sample) {
    this.pixels = new Pixels(sample);
  }

  /// Adds the sample that starts at `from[at]`, channels last.
  void add(byte[] from, int at, int label) {
    int n = pixels.size();
    if (n == labels.length) {
      labels = Arrays.copyOf(labels, 2 * n);
    }
    labels[n] = label;
    pixels.add(from, at);
  }

  /// Adds all samples of `other`.
  void addAll(LabelledPixels other) {
    int n = pixels.size();
    int all = n + other.size();
    if (all > labels.length) {
      labels = Arrays.copyOf(labels, all);
    }
    System.arraycopy(other.labels, 0, labels, n, other.size());
    pixels.addAll(other.pixels);
  }

  int size() {
    return pixels.size();
  }

  /// The collected samples as a data set.
  Dataset toDataset(String name, List<String> classes) {
    return new Dataset(name, pixels, Arrays.copyOf(labels, size()), classes);
  }
}
