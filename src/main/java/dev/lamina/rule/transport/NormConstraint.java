package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.Tensor;

/// Keeps a weight tensor at the norm it had: `W ← W ‖W₀‖ / ‖W‖`, the Frobenius norm of the whole
/// tensor, in place.
///
/// Weights that are all zero stay so.
///
/// Source: `specs/weight-transport.md`, section 5.4.
public final class NormConstraint {
  private final Kernels k;
  private final Tensor flat;
  private final Tensor first;
  private final Tensor norm;
  private final Tensor ratio;

  /// A constraint to the norm that `w` has now.
  public NormConstraint(Tensor w, Kernels kernels) {
    this.k = kernels;
    this.flat = w.reshape(1, w.size());
    this.first = Tensor.zeros(w.type(), 1);
    this.norm = Tensor.zeros(w.type(), 1);
    this.ratio = Tensor.zeros(w.type(), 1, 1);
    k.reduce(first, Reduction.NORM_2, flat, 1);
  }

  /// Scales the weights to the norm.
  public void apply() {
    k.reduce(norm, Reduction.NORM_2, flat, 1);
    k.combineRows(ratio, first.reshape(1, 1), norm, Operation.DIVIDE);
    k.combineColumns(flat, flat, ratio.reshape(1), Operation.MULTIPLY);
  }

  /// `‖W₀‖`, `[1]`.
  public Tensor norm() {
    return first;
  }
}
