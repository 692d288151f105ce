package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// Holds numbers in [-1, 1].
///
/// Source: `specs/weight-transport.md`, section 5.4.
final class Clip {
  private final Kernels k;
  private final Tensor low;
  private final Tensor high;

  Clip(Kernels k, DType type) {
    this.k = k;
    this.low = Tensor.zeros(type, 1);
    this.high = Tensor.zeros(type, 1);
    low.set(0, -1);
    high.set(0, 1);
  }

  void hold(Tensor x) {
    k.combineColumns(x, x, low, Operation.MAX);
    k.combineColumns(x, x, high, Operation.MIN);
  }
}
