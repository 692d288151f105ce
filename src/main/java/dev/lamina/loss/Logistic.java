package dev.lamina.loss;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Tensor;

/// Cross-entropy of one sigmoid per class, summed over classes, averaged over the batch.
///
/// ```
/// L = (1/n) Σ max(z,0) - t z + ln(1 + e^-|z|),   t = onehot,   gz = (σ(z) - t) / n
/// ```
///
/// Equal to `-t ln σ(z) - (1-t) ln(1-σ(z))` wherever that is finite, and right where a sigmoid in
/// single precision is exactly 1.
///
/// Source: `specs/weight-transport.md`, section 3.2.
public record Logistic() implements Loss {
  private static final Activation SIGMOID = Activation.of(Activation.Kind.SIGMOID);

  @Override
  public void compute(Kernels k, Tensor figures, Tensor gz, Tensor z, Tensor labels) {
    k.crossEntropy(figures, gz, z, labels, 0); // for the count of right answers
    k.oneHot(gz, labels);
    k.logisticLoss(figures.rows(0, 1), gz, z, gz, 1.0 / labels.size());
  }

  /// The sigmoid of each output; a row need not add up to 1.
  @Override
  public void probabilities(Kernels k, Tensor y, Tensor z) {
    k.activate(y, z, SIGMOID);
  }
}
