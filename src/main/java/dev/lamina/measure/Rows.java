package dev.lamina.measure;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// Sees a batch of maps as the rows of a matrix; the view of a tensor is made once, as long as no
/// other tensor comes between.
final class Rows {
  private Tensor seen = Tensor.of(new float[0], 0, 0);
  private Tensor rows = seen;

  /// The same numbers as `[m, d]`.
  Tensor of(Tensor z) {
    if (z.shape().rank() == 2) {
      return z;
    }
    if (z != seen) {
      seen = z;
      rows = z.reshape(Shape.of(z.axis(0), features(z)));
    }
    return rows;
  }

  /// The numbers `d` of each sample.
  static int features(Tensor z) {
    return z.axis(0) == 0 ? 0 : z.size() / z.axis(0);
  }
}
