package dev.lamina.measure;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// Cosine similarity.
///
/// ```
/// K_ij = u_i · u_j,   u_i = z_i / ρ_i,   ρ_i = ‖z_i‖, or 1e-6 where that is exactly 0
///
/// P = 2 G U           dL/dz_i = (P_i - (P_i · u_i) u_i) / ρ_i
/// ```
///
/// A sample of zeros is similar to nothing, not even to itself. With `P_i · u_i = 2 Σ_j G_ij K_ij`
/// the gradient is one product with Z: `dL/dZ = C Z`, `C_ij = 2 G_ij / (ρ_i ρ_j)` less `2 Σ_j G_ij
/// K_ij / ρ_i²` on the diagonal.
///
/// Source: `specs/phsic.md`, 3 (`cossim`).
public final class Cosine implements Similarity {
  private static final double INSTEAD_OF_ZERO = 1e-6;

  private final Kernels kernels;
  private final Samples samples;
  private final Scratch coefficients;
  private final Scratch norms;
  private final Scratch zeros;

  /// The kernel for batches of up to `capacity` samples.
  public Cosine(Kernels kernels, int capacity) {
    this.kernels = kernels;
    this.samples = new Samples(kernels, capacity);
    this.coefficients = Scratch.square(DType.F64, capacity);
    this.norms = Scratch.vector(capacity);
    this.zeros = Scratch.vector(capacity);
  }

  @Override
  public void matrix(Tensor k, Tensor z) {
    Tensor squares = samples.gram(k, z);
    Tensor rho = norms(squares);
    // Not G_ij / ρ_i / ρ_j: equal samples are then exactly 1, and labels of one class a constant.
    kernels.combineRows(k, k, squares, Operation.DIVIDE);
    kernels.combineRows(k, k, rho, Operation.MULTIPLY);
    kernels.combineColumns(k, k, rho, Operation.DIVIDE);
  }

  @Override
  public void gradient(Tensor dz, Tensor g, Tensor k, Tensor z) {
    int m = z.axis(0);
    Tensor c = coefficients.of(m);
    Tensor rho = norms(samples.gram(c, z));
    Tensor projection = zeros.of(m);
    kernels.combine(c, g, k, Operation.MULTIPLY);
    kernels.reduce(projection, Reduction.SUM, c, 1); // Σ_j G_ij K_ij
    kernels.combine(projection, projection, rho, Operation.DIVIDE);
    kernels.combine(projection, projection, rho, Operation.DIVIDE);
    kernels.combineRows(c, g, rho, Operation.DIVIDE);
    kernels.combineColumns(c, c, rho, Operation.DIVIDE);
    kernels.matrices().addDiagonal(c, -1, projection);
    kernels.affine(c, c, 2, 0);
    samples.multiply(dz, c, z);
  }

  /// ρ, from the squares of the norms.
  private Tensor norms(Tensor squares) {
    int m = squares.size();
    Tensor rho = norms.of(m);
    Tensor zero = zeros.of(m);
    kernels.map(rho, squares, Function.SQRT);
    kernels.map(zero, rho, Function.SIGN);
    kernels.affine(zero, zero, -INSTEAD_OF_ZERO, INSTEAD_OF_ZERO);
    kernels.combine(rho, rho, zero, Operation.ADD);
    return rho;
  }
}
