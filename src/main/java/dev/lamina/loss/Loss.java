package dev.lamina.loss;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Tensor;

/// A number to be made small, computed from a network's output and the labels.
public interface Loss {
  /// Computes loss, right answers and gradient.
  ///
  /// @param figures `[2]`: the loss averaged over the batch; number of right answers
  /// @param gz gradient of the loss, shape of `z`
  /// @param z output `[n, classes]`
  /// @param labels I32 `[n]`
  void compute(Kernels k, Tensor figures, Tensor gz, Tensor z, Tensor labels);

  /// The probability of each class that an output stands for: its softmax unless the loss says
  /// otherwise.
  ///
  /// @param y `[n, classes]`; may be `z`
  default void probabilities(Kernels k, Tensor y, Tensor z) {
    k.softmax(y, z, 1);
  }
}
