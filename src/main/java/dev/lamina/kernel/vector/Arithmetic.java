package dev.lamina.kernel.vector;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.Tensor;

/// What this tier computes in single and in double precision: methods of `Kernels`.
interface Arithmetic {
  void gemm(Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB, double beta);

  void oneHot(Tensor y, Tensor labels);

  void reduce(Tensor out, Reduction op, Tensor x, int axis);

  void convert(Tensor y, Tensor x, double scale);

  void affine(Tensor y, Tensor x, double a, double b);

  void addScaled(Tensor y, double a, Tensor x);

  void map(Tensor y, Tensor x, Function f);

  void combine(Tensor y, Tensor a, Tensor b, Operation op);

  void combineColumns(Tensor y, Tensor x, Tensor v, Operation op);

  void combineRows(Tensor y, Tensor x, Tensor v, Operation op);

  void firstNotFinite(Tensor found, Tensor x);
}
