package dev.lamina.measure;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;

/// How similar the samples of a batch are to each other, and the gradient of that.
///
/// Samples are `[m, d]`, or maps `[m, ..]` seen as their rows; the order of features does not
/// matter. Matrices are F64 `[m, m]` whatever the type of the samples. An object is made for
/// batches of up to some capacity, allocates nothing after the first call on a size, and serves one
/// thread at a time.
public sealed interface Similarity permits Linear, Cosine, Gaussian {
  /// The matrix `K` of similarities of all pairs.
  ///
  /// - `k` F64 `[m, m]`, symmetric; `z` F32 or F64 `[m, ..]`
  ///
  /// @throws LaminaException if a sample is not finite
  void matrix(Tensor k, Tensor z);

  /// The gradient of a function of `K` by the samples: `dz = Σ_ij G_ij dK_ij/dz`.
  ///
  /// - `dz` like `z`; `g` F64 `[m, m]`, symmetric: the derivative by K; `k`: what `matrix` made of
  ///   `z`
  void gradient(Tensor dz, Tensor g, Tensor k, Tensor z);
}
