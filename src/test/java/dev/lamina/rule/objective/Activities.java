package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Optional;

/// A local objective on activities and labels of tests, in F64 on the reference tier.
final class Activities {
  static final Kernels K = new ReferenceKernels();

  private final LocalObjective objective;
  private final Tensor z;
  private final Tensor labels;

  Activities(Phsic rule, Tensor z, Tensor y, int classes) {
    int m = z.axis(0);
    this.z = z;
    this.objective = new LocalObjective(rule, z.shape().sample(), classes, m, K);
    this.labels = Tensor.zeros(DType.F64, m, m);
    objective.labels(labels, y);
  }

  /// The rule with γ = 2, centred labels and the plausible estimate.
  static Phsic rule(Phsic.Kernel.Kind kind, double sigma, Optional<Phsic.Groups> groups) {
    return new Phsic(
        new Phsic.Kernel(kind, sigma),
        new Phsic.Labels(new Phsic.Kernel(Phsic.Kernel.Kind.COSINE, 1), true),
        2,
        Phsic.Estimate.PLAUSIBLE,
        groups,
        groups.isPresent(),
        Optional.empty());
  }

  LocalObjective objective() {
    return objective;
  }

  double loss() {
    return objective.loss(z, labels);
  }

  /// The gradient by z.
  Tensor gradient() {
    loss();
    Tensor dz = Tensor.zeros(z.type(), z.shape());
    objective.gradient(dz);
    return dz;
  }

  /// The samples of `t` in another order.
  static Tensor rows(Tensor t, int... order) {
    Shape shape = t.shape();
    Tensor chosen = Tensor.zeros(t.type(), shape.withFirst(order.length));
    for (int i = 0; i < order.length; i++) {
      chosen.rows(i, i + 1).copyFrom(t.rows(order[i], order[i] + 1));
    }
    return chosen;
  }
}
