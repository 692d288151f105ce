package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// The linear kernel.
///
/// ```
/// K_ij = z_i · z_j        dL/dZ = 2 G Z
/// ```
///
/// Source: `specs/hsic-bottleneck.md`, 2.3 and 5; `specs/phsic.md`, 3 (`lin`).
public final class Linear implements Similarity {
  private final Kernels kernels;
  private final Samples samples;
  private final Scratch coefficients;

  /// The kernel for batches of up to `capacity` samples.
  public Linear(Kernels kernels, int capacity) {
    this.kernels = kernels;
    this.samples = new Samples(kernels, capacity);
    this.coefficients = Scratch.square(DType.F64, capacity);
  }

  @Override
  public void matrix(Tensor k, Tensor z) {
    samples.gram(k, z);
  }

  @Override
  public void gradient(Tensor dz, Tensor g, Tensor k, Tensor z) {
    Tensor c = coefficients.of(z.axis(0));
    kernels.affine(c, g, 2, 0);
    samples.multiply(dz, c, z);
  }
}
