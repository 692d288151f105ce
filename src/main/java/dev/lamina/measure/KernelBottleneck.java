package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// The kernelised information bottleneck: be compact, keep what tells the label.
///
/// ```
/// zz = D(K, K)     zy = D(L, K)     loss = zz - γ zy        D a `Dependence` that centres by C
///
/// dloss/dK = (2 C(K) - γ C(L)) / m²
/// ```
///
/// Source: Pogodin and Latham 2020; `specs/phsic.md`, 2.
public final class KernelBottleneck {
  private final Kernels kernels;
  private final Dependence dependence;
  private final double gamma;
  private final Tensor zz = Tensor.zeros(DType.F64, 1);
  private final Tensor zy = Tensor.zeros(DType.F64, 1);
  private final Tensor loss = Tensor.zeros(DType.F64, 1);

  /// @param dependence pHSIC, or HSIC divided by m²
  /// @param gamma γ, the weight of the label; 2 in every published row
  public KernelBottleneck(Kernels kernels, Dependence dependence, double gamma) {
    this.kernels = kernels;
    this.dependence = dependence;
    this.gamma = gamma;
  }

  /// Computes the objective and its derivative by the kernel matrix of the activations.
  ///
  /// - `dk`, `k` F64 `[m, m]`, two tensors; `labels` F64 `[m, m]` is `C(L)`: the kernel matrix of
  ///   the labels, centred by the dependence once per batch
  public void compute(Tensor dk, Tensor k, Tensor labels) {
    double m = k.axis(0);
    dependence.center(dk, k);
    dependence.value(zz, dk, k);
    dependence.value(zy, labels, k);
    kernels.affine(dk, dk, 2 / (m * m), 0);
    kernels.addScaled(dk, -gamma / (m * m), labels);
    kernels.affine(loss, zy, -gamma, 0);
    kernels.addScaled(loss, 1, zz);
  }

  /// `D(K, K)` of the last call, F64 `[1]`.
  public Tensor zz() {
    return zz;
  }

  /// `D(L, K)` of the last call, F64 `[1]`.
  public Tensor zy() {
    return zy;
  }

  /// The objective of the last call, F64 `[1]`.
  public Tensor loss() {
    return loss;
  }
}
