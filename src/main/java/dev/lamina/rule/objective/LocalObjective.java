package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.measure.Dependence;
import dev.lamina.measure.Hsic;
import dev.lamina.measure.KernelBottleneck;
import dev.lamina.measure.LabelKernel;
import dev.lamina.measure.PlausibleHsic;
import dev.lamina.measure.Similarity;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objective of `Phsic` on activities of one shape: its value and its gradient.
///
/// ```
/// v = centre(group(z))                      K = k(v, v)
/// loss = D(K, K) - γ D(K, L)                D pHSIC or HSIC, which centre by C
/// dK = (2 C(K) - γ C(L)) / m²
/// dv = Σ dK ∂K/∂v                           dz = groupᵀ(centre(dv))
/// ```
///
/// `z` `[m, ...]`; `v` `[m, groups]`, or `z` itself without groups; `K`, `dK`, `C(L)` F64 `[m, m]`.
/// Memory is made when a tensor `z` is first seen; a step on the same tensors allocates nothing.
///
/// Source: `specs/phsic.md`, sections 2-5.
public final class LocalObjective {
  private final Kernels kernels;
  private final boolean center;
  private final Phsic.@Nullable Groups groups;
  private final LabelKernel labelKernel;
  private final Similarity similarity;
  private final Dependence dependence;
  private final KernelBottleneck bottleneck;
  private final List<Batch> batches = new ArrayList<>();
  private Batch batch;

  /// An objective for batches of up to `capacity` activities of shape `z`.
  ///
  /// @param classes number of classes of the labels
  public LocalObjective(Phsic rule, Shape z, int classes, int capacity, Kernels kernels) {
    this.kernels = kernels;
    this.center = rule.center();
    this.groups = rule.groups().orElse(null);
    Similarity ofLabels = rule.labels().kernel().on(kernels, capacity);
    this.labelKernel =
        rule.labels().centered()
            ? LabelKernel.centered(kernels, capacity, classes, ofLabels)
            : LabelKernel.oneHot(kernels, capacity, classes, ofLabels);
    this.similarity = rule.kernel().on(kernels, capacity);
    this.dependence =
        switch (rule.estimate()) {
          case PLAUSIBLE -> new PlausibleHsic(kernels, capacity);
          case BIASED -> new Hsic(kernels);
        };
    this.bottleneck = new KernelBottleneck(kernels, dependence, rule.gamma());
    this.batch = new Batch(Tensor.zeros(DType.F64, z.batch(0)));
  }

  /// The centred kernel of labels, `C(L)`.
  ///
  /// - `l` F64 `[m, m]`; `y` I32 `[m]`
  ///
  /// @throws IllegalArgumentException if a label is no class
  public void labels(Tensor l, Tensor y) {
    labelKernel.matrix(l, y);
    dependence.center(l, l);
  }

  /// The loss of a batch.
  ///
  /// @param z activities `[m, ...]`
  /// @param labels C(L), F64 `[m, m]`
  /// @throws dev.lamina.tensor.LaminaException if an activity is not finite
  public double loss(Tensor z, Tensor labels) {
    batch = batchOf(z);
    batch.process(); //                                            v = centre(group(z))
    similarity.matrix(batch.k, batch.v); //                        K
    bottleneck.compute(batch.dk, batch.k, labels); //              D(K, K) - γ D(K, L);  dK
    return bottleneck.loss().get(0);
  }

  /// The gradient of the last loss.
  ///
  /// @param dz like `z`
  public void gradient(Tensor dz) {
    Tensor dv = groups == null ? dz : batch.dv;
    similarity.gradient(dv, batch.dk, batch.k, batch.v); //        Σ dK ∂K/∂v
    batch.processBackward(dz, dv); //                              dz = groupᵀ(centre(dv))
  }

  /// The batch of the last loss.
  Batch batch() {
    return batch;
  }

  /// k, which compares activities.
  Similarity similarity() {
    return similarity;
  }

  /// The terms of the last loss.
  public KernelBottleneck terms() {
    return bottleneck;
  }

  /// K of the last loss, F64 `[m, m]`; a Gaussian one less 1.
  public Tensor kernel() {
    return batch.k;
  }

  /// The mean of K between two different samples, of a Gaussian kernel; 1 if there is only one.
  double meanSimilarity() {
    int m = batch.k.axis(0);
    Tensor means = Tensor.zeros(DType.F64, m);
    Tensor mean = Tensor.zeros(DType.F64, 1);
    kernels.reduce(means, Reduction.MEAN, batch.k, 1);
    kernels.reduce(mean, Reduction.MEAN, means, 0);
    return m < 2 ? 1 : 1 + mean.get(0) * m / (m - 1);
  }

  /// dloss/dK of the last loss, F64 `[m, m]`.
  public Tensor kernelGradient() {
    return batch.dk;
  }

  private Batch batchOf(Tensor z) {
    for (int i = 0; i < batches.size(); i++) {
      if (batches.get(i).z == z) {
        return batches.get(i);
      }
    }
    Batch made = new Batch(z);
    batches.add(made);
    return made;
  }

  /// What follows from one tensor of activities, and memory for it.
  final class Batch {
    final Tensor z;
    final Tensor v;
    final Tensor dv;
    final Tensor k;
    final Tensor dk;

    /// x̄ = z - mean and s of each group `[m, groups]`.
    final Tensor mean;

    final Tensor scale;
    private final Tensor rowMeans;

    private Batch(Tensor z) {
      int m = z.axis(0);
      int count = groups == null ? 0 : groups.count();
      this.z = z;
      this.mean = Tensor.zeros(z.type(), m, count);
      this.scale = Tensor.zeros(z.type(), m, count);
      this.dv = Tensor.zeros(z.type(), m, count);
      this.v = groups == null && !center ? z : Tensor.zeros(z.type(), shapeOfV());
      this.rowMeans = Tensor.zeros(z.type(), m);
      this.k = Tensor.zeros(DType.F64, m, m);
      this.dk = Tensor.zeros(DType.F64, m, m);
    }

    private Shape shapeOfV() {
      return groups == null ? z.shape() : mean.shape();
    }

    private void process() {
      if (groups != null) {
        kernels.maps().groupMoments(mean, scale, z, groups.delta());
        kernels.signedPower(v, scale, groups.power()); //          v = s^q
      }
      if (center) {
        center(v, groups == null ? z : v);
      }
    }

    private void processBackward(Tensor dz, Tensor dv) {
      if (center) {
        center(dv, dv);
      }
      if (groups != null) {
        kernels.maps().groupPowersBackward(dz, dv, z, mean, scale, groups.power());
      }
    }

    /// Takes off the mean of each sample; its own adjoint.
    void center(Tensor y, Tensor x) {
      kernels.reduce(rowMeans, Reduction.MEAN, x, 1);
      kernels.combineRows(y, x, rowMeans, Operation.SUBTRACT);
    }
  }
}
