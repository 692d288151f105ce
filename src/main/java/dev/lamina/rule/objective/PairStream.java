package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;

/// The change of `Phsic` with a Gaussian kernel and without groups, gathered sample by sample: each
/// one that arrives is paired with those before it.
///
/// ```
/// ΔW = - Σ_i Σ_j M_ij (z_i - z_j) ∘ (f'(u_i) x_iᵀ - f'(u_j) x_jᵀ),     M = E ∘ K / σ²
///    = - 2 Σ_i Σ_(j<i) …                                               the summand is symmetric
/// ```
///
/// `M` F64 `[m, m]` of the whole batch, `z`, `f'` `[m, out]`, `x` `[m, in]`, `ΔW` `[out, in]` of a
/// dense layer without batch norm. The weights stay fixed within the batch, so the stream equals
/// the batch.
///
/// Source: Pogodin & Latham 2020; `specs/phsic.md`, section 6 (accumulation).
///
/// @param m M
/// @param z activities
/// @param slope f' at the pre-activations
/// @param x inputs
public record PairStream(Tensor m, Tensor z, Tensor slope, Tensor x) {
  /// Adds to `change` `[out, in]` what sample `i` brings when it arrives.
  public void arrive(int i, Tensor change, Kernels k) {
    Tensor difference = Tensor.zeros(z.type(), 1, z.axis(1));
    Tensor product = Tensor.zeros(z.type(), 1, z.axis(1));
    for (int j = 0; j < i; j++) {
      double twice = -2 * m.get(i * m.axis(1) + j);
      k.combine(difference, row(z, i), row(z, j), Operation.SUBTRACT);
      add(change, twice, product, difference, i, k);
      add(change, -twice, product, difference, j, k);
    }
  }

  /// `change += scale (difference ∘ f'(u_i)) x_iᵀ`.
  private void add(
      Tensor change, double scale, Tensor product, Tensor difference, int i, Kernels k) {
    k.combine(product, difference, row(slope, i), Operation.MULTIPLY);
    k.affine(product, product, scale, 0);
    k.gemm(change, product, true, row(x, i), false, 1);
  }

  private static Tensor row(Tensor t, int i) {
    return t.rows(i, i + 1);
  }
}
