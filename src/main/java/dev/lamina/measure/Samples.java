package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;

/// What every similarity does with samples: their Gram matrix, and the last product of a gradient.
final class Samples {
  private final Kernels kernels;
  private final MatrixKernels matrices;
  private final Scratch squares;
  private final Scratch rounded;
  private final Tensor found = Tensor.zeros(DType.F64, 1);
  private final Rows z = new Rows();
  private final Rows dz = new Rows();

  Samples(Kernels kernels, int capacity) {
    this.kernels = kernels;
    this.matrices = kernels.matrices();
    this.squares = Scratch.vector(capacity);
    this.rounded = Scratch.square(DType.F32, capacity);
  }

  /// `g = Z Zᵀ`, products added in double.
  ///
  /// @return the diagonal of `g`, in scratch memory
  /// @throws LaminaException if a sample is not finite or its square is not
  Tensor gram(Tensor g, Tensor samples) {
    matrices.symmetricProduct(g, samples, samples);
    Tensor diagonal = squares.of(samples.axis(0));
    matrices.diagonal(diagonal, g);
    kernels.firstNotFinite(found, diagonal);
    int at = (int) found.get(0);
    if (at >= 0) {
      throw new LaminaException(
          "sample %d of a batch of %s holds NaN, infinity or numbers too large to be squared"
                  .formatted(at, samples.shape())
              + ", so it is similar to nothing; take a smaller rate, or look at the data");
    }
    return diagonal;
  }

  /// `dZ = C Z`; C is rounded to the type of Z first.
  void multiply(Tensor gradient, Tensor c, Tensor samples) {
    Tensor factor = c;
    if (samples.type() == DType.F32) {
      factor = rounded.of(samples.axis(0));
      kernels.convert(factor, c, 1);
    }
    kernels.gemm(dz.of(gradient), factor, false, z.of(samples), false, 0);
  }
}
