package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Tensor;

/// The similarity of labels: a `Similarity` on labels seen as vectors.
///
/// | | a label of class y is the row | published with |
/// |---|---|---|
/// | one-hot | 1 at y, else 0 | HSIC bottleneck, Gaussian scaled |
/// | centred | the same less its mean 1/classes | pHSIC, cosine: 1 or -1/(classes - 1) |
/// | scalar | the number y | needle networks: neighbouring digits are similar |
///
/// A class that is missing in a batch is a column of zeros and changes nothing.
///
/// Source: `specs/hsic-bottleneck.md`, 2.4; `specs/phsic.md`, 4.
public final class LabelKernel {
  private enum Coding {
    ONE_HOT,
    CENTERED,
    SCALAR
  }

  private final Kernels kernels;
  private final Coding coding;
  private final int classes;
  private final Scratch rows;
  private final Similarity similarity;

  private LabelKernel(
      Kernels kernels, int capacity, Coding coding, int classes, Similarity similarity) {
    this.kernels = kernels;
    this.coding = coding;
    this.classes = classes;
    this.rows = Scratch.rows(capacity, coding == Coding.SCALAR ? 1 : classes);
    this.similarity = similarity;
  }

  /// Labels 0 … classes-1 as unit vectors.
  public static LabelKernel oneHot(
      Kernels kernels, int capacity, int classes, Similarity similarity) {
    return new LabelKernel(kernels, capacity, Coding.ONE_HOT, classes, similarity);
  }

  /// Labels 0 … classes-1 as unit vectors less their mean over the classes.
  public static LabelKernel centered(
      Kernels kernels, int capacity, int classes, Similarity similarity) {
    return new LabelKernel(kernels, capacity, Coding.CENTERED, classes, similarity);
  }

  /// Labels as they are.
  public static LabelKernel scalar(Kernels kernels, int capacity, Similarity similarity) {
    return new LabelKernel(kernels, capacity, Coding.SCALAR, 1, similarity);
  }

  /// The matrix of similarities.
  ///
  /// - `l` F64 `[m, m]`; `labels` I32 `[m]`
  ///
  /// @throws IllegalArgumentException if a label is outside 0 … classes-1
  public void matrix(Tensor l, Tensor labels) {
    Tensor y = rows.of(labels.size());
    switch (coding) {
      case ONE_HOT -> kernels.oneHot(y, labels);
      case CENTERED -> {
        kernels.oneHot(y, labels);
        kernels.affine(y, y, 1, -1.0 / classes);
      }
      case SCALAR -> kernels.convert(y, labels, 1);
    }
    similarity.matrix(l, y);
  }
}
