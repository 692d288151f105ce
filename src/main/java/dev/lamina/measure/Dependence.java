package dev.lamina.measure;

import dev.lamina.tensor.Tensor;

/// A dependence of two kernel matrices that centres one of them: `value = Σ (C(A) ∘ B) / m²`.
///
/// `C` is linear, symmetric and idempotent, so the other one may be centred instead, and the
/// derivative is `d value / dB = C(A) / m²`, `d value(A, A) / dA = 2 C(A) / m²`.
public sealed interface Dependence permits Hsic, PlausibleHsic {
  /// `y = C(X)`, in place allowed; `y` and `x` F64 `[m, m]`, x symmetric.
  void center(Tensor y, Tensor x);

  /// The dependence of A and B.
  ///
  /// - `out` F64 `[1]`; `centered` is `C(A)`, `b` is B, centred or not; both F64 `[m, m]`
  void value(Tensor out, Tensor centered, Tensor b);
}
