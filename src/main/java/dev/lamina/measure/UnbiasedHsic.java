package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;

/// The estimate of HSIC whose mean over batches is that of the population; it can be negative.
///
/// ```
/// [ tr(A B) + (1ᵀA1)(1ᵀB1) / ((m-1)(m-2)) - 2/(m-2) 1ᵀAB1 ] / (m(m-3))        diagonals of A, B set to 0
/// ```
///
/// Source: Song et al. 2012; `specs/hsic-bottleneck.md`, 3.3.
public final class UnbiasedHsic {
  private static final int FEWEST = 4;

  private final Kernels kernels;
  private final Scratch a;
  private final Scratch b;
  private final Scratch rowsOfA;
  private final Scratch rowsOfB;
  private final Scratch diagonal;
  private final Tensor rows = Tensor.zeros(DType.F64, 1);
  private final Tensor sumOfA = Tensor.zeros(DType.F64, 1);
  private final Tensor sumOfB = Tensor.zeros(DType.F64, 1);

  /// The estimate for batches of up to `capacity` samples.
  public UnbiasedHsic(Kernels kernels, int capacity) {
    this.kernels = kernels;
    this.a = Scratch.square(DType.F64, capacity);
    this.b = Scratch.square(DType.F64, capacity);
    this.rowsOfA = Scratch.vector(capacity);
    this.rowsOfB = Scratch.vector(capacity);
    this.diagonal = Scratch.vector(capacity);
  }

  /// The estimate from two kernel matrices.
  ///
  /// - `out` F64 `[1]`; `kx`, `ky` F64 `[m, m]`, symmetric
  ///
  /// @throws LaminaException if there are fewer than 4 samples
  public void value(Tensor out, Tensor kx, Tensor ky) {
    int m = kx.axis(0);
    if (m < FEWEST) {
      throw new LaminaException(
          "the unbiased HSIC needs %d samples but the batch has %d".formatted(FEWEST, m));
    }
    Tensor ra = rowsOfA.of(m);
    Tensor rb = rowsOfB.of(m);
    sums(sumOfA, ra, withoutDiagonal(a.of(m), kx));
    sums(sumOfB, rb, withoutDiagonal(b.of(m), ky));
    kernels.matrices().dot(out, a.of(m), b.of(m));
    kernels.matrices().dot(rows, ra, rb);
    kernels.matrices().dot(sumOfA, sumOfA, sumOfB);
    kernels.addScaled(out, 1.0 / ((m - 1.0) * (m - 2.0)), sumOfA);
    kernels.addScaled(out, -2.0 / (m - 2.0), rows);
    kernels.affine(out, out, 1.0 / (m * (m - 3.0)), 0);
  }

  private Tensor withoutDiagonal(Tensor y, Tensor k) {
    Tensor d = diagonal.of(k.axis(0));
    kernels.matrices().diagonal(d, k);
    kernels.affine(y, k, 1, 0);
    kernels.matrices().addDiagonal(y, -1, d);
    return y;
  }

  private void sums(Tensor all, Tensor rowSums, Tensor k) {
    kernels.reduce(rowSums, Reduction.SUM, k, 1);
    kernels.reduce(all, Reduction.SUM, rowSums, 0);
  }
}
