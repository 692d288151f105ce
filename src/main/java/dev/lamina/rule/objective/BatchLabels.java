package dev.lamina.rule.objective;

import dev.lamina.network.Pass;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.function.Consumer;

/// The centred label kernel of a batch: computed once, by the first block that asks for it.
///
/// Blocks that compare labels in the same way share it.
final class BatchLabels {
  private final LocalObjective objective;
  private final String name;
  private final Consumer<Tensor> fill = this::fill;
  private Tensor labels = Tensor.of(new int[0]);
  private Shape square = Shape.of(0, 0);

  BatchLabels(Phsic rule, LocalObjective objective) {
    this.objective = objective;
    this.name = rule.estimate() + " " + rule.labels();
  }

  /// C(L), F64 `[n, n]`.
  Tensor of(Pass pass) {
    int n = pass.size();
    if (square.axis(0) != n) {
      square = Shape.of(n, n);
    }
    labels = pass.labels();
    return pass.once(name, DType.F64, square, fill);
  }

  private void fill(Tensor l) {
    objective.labels(l, labels);
  }
}
