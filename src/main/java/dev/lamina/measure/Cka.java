package dev.lamina.measure;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// Centred kernel alignment: the cosine of two centred kernel matrices.
///
/// ```
/// t_ab = Σ (Ā ∘ B̄),   Ā = H A H        CKA(A, B) = t_ab / √(t_aa t_bb)
/// dCKA/dA = B̄ / √(t_aa t_bb) - CKA · Ā / t_aa
/// ```
///
/// In [0, 1] for positive semi-definite kernels; 0 where one of them is constant. With linear
/// kernels it does not change when features are rotated or scaled together, which makes it a
/// similarity of layers.
///
/// Source: Cortes et al. 2012; Kornblith et al. 2019; `specs/hsic-bottleneck.md`, 3.2 and 5.
public final class Cka {
  private final Kernels kernels;
  private final MatrixKernels matrices;
  private final Tensor ab = Tensor.zeros(DType.F64, 1);
  private final Tensor aa = Tensor.zeros(DType.F64, 1);
  private final Tensor bb = Tensor.zeros(DType.F64, 1);
  private final Tensor norm = Tensor.zeros(DType.F64, 1);
  private final Tensor one = Tensor.of(new double[] {1});
  private final Scratch squares;

  /// CKA of batches of up to `capacity` samples.
  public Cka(Kernels kernels, int capacity) {
    this.kernels = kernels;
    this.matrices = kernels.matrices();
    this.squares = Scratch.square(DType.F64, capacity);
  }

  /// CKA of two sets of samples under linear kernels.
  ///
  /// - `x`, `y` F32 or F64 `[m, ..]`
  public static double of(Tensor x, Tensor y) {
    Kernels kernels = DefaultKernels.get();
    int m = x.axis(0);
    Pair pair = Pair.of(new Linear(kernels, m), x, y);
    Cka cka = new Cka(kernels, m);
    cka.center(pair.x(), pair.x());
    cka.center(pair.y(), pair.y());
    Tensor out = Tensor.zeros(DType.F64, 1);
    cka.value(out, pair.x(), pair.y());
    return out.get(0);
  }

  /// `y = H X H`, in place allowed; `y` and `x` F64 `[m, m]`, x symmetric.
  public void center(Tensor y, Tensor x) {
    matrices.center(y, x);
  }

  /// The alignment of two centred matrices.
  ///
  /// - `out` F64 `[1]`; `a`, `b` F64 `[m, m]`: Ā and B̄
  public void value(Tensor out, Tensor a, Tensor b) {
    matrices.dot(ab, a, b);
    matrices.dot(aa, a, a);
    matrices.dot(bb, b, b);
    kernels.map(norm, aa, Function.SQRT);
    kernels.map(out, bb, Function.SQRT);
    kernels.combine(norm, norm, out, Operation.MULTIPLY);
    kernels.combineRows(out, ab, norm, Operation.DIVIDE); // 0 where the norm is 0
  }

  /// The derivative of the alignment by A; 0 where it is not defined, A or B being constant.
  ///
  /// - `g` F64 `[m, m]`, neither `a` nor `b`; `a`, `b` as in `value`
  public void gradient(Tensor g, Tensor a, Tensor b) {
    Tensor value = bb;
    Tensor towardsA = squares.of(a.axis(0));
    value(value, a, b);
    kernels.combineRows(value, value, aa, Operation.DIVIDE);
    kernels.combineColumns(towardsA, a, value, Operation.MULTIPLY);
    kernels.combineRows(norm, one, norm, Operation.DIVIDE);
    kernels.combineColumns(g, b, norm, Operation.MULTIPLY);
    kernels.addScaled(g, -1, towardsA);
  }
}
