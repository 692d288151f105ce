package dev.lamina.loss;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Tensor;

/// Softmax cross-entropy, averaged over the batch.
///
/// ```
/// L = -(1/n) Σ q · log softmax(z),   q = (1-ε) onehot + ε / classes,   gz = (softmax(z) - q) / n
/// ```
///
/// Source: `specs/operations.md`, section 5.
///
/// @param smoothing ε in [0, 1), default 0
public record CrossEntropy(double smoothing) implements Loss {
  /// Without smoothing.
  public CrossEntropy() {
    this(0);
  }

  @Override
  public void compute(Kernels k, Tensor figures, Tensor gz, Tensor z, Tensor labels) {
    k.crossEntropy(figures, gz, z, labels, smoothing);
  }
}
