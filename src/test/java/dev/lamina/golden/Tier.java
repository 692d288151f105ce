package dev.lamina.golden;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;

/// A tier with the floating type in which golden cases run on it.
///
/// @param kernels the tier
/// @param type F64 for the reference tier, F32 for the others
public record Tier(Kernels kernels, DType type) {
  /// The oracle, in F64.
  public static final Tier REFERENCE = new Tier(new ReferenceKernels(), DType.F64);

  /// The vector tier on two threads, in F32.
  public static final Tier VECTOR = new Tier(new VectorKernels(2, REFERENCE.kernels()), DType.F32);
}
