package dev.lamina.data;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.security.MessageDigest;

/// Rows of numbers, one sample each, channels last; any number of readers at once.
sealed interface Samples permits Pixels, FloatRows, Normalized, Augmented {
  /// The shape of one sample.
  Shape sample();

  /// The number of rows.
  int size();

  /// Writes row `row` to `out` (F32 or F64) from its flat position `at` on; allocates nothing.
  void read(int row, Tensor out, int at);

  /// Adds the stored numbers of row `row` to `digest`, little-endian.
  void digest(int row, MessageDigest digest);

  /// The stored type as text, for digests.
  String kind();
}
