package dev.lamina.measure;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The kernel matrices of two sets of samples of the same things.
record Pair(Tensor x, Tensor y) {
  /// @throws IllegalArgumentException if there are not as many samples of one as of the other
  static Pair of(Similarity similarity, Tensor x, Tensor y) {
    int m = x.axis(0);
    if (y.axis(0) != m) {
      throw new IllegalArgumentException("samples " + x.shape() + " beside samples " + y.shape());
    }
    return new Pair(matrix(similarity, x), matrix(similarity, y));
  }

  private static Tensor matrix(Similarity similarity, Tensor samples) {
    int m = samples.axis(0);
    Tensor k = Tensor.zeros(DType.F64, Shape.of(m, m));
    similarity.matrix(k, samples);
    return k;
  }
}
