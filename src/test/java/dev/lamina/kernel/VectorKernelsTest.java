package dev.lamina.kernel;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import org.junit.jupiter.api.Tag;

@Tag("contract")
class VectorKernelsTest extends KernelsContract {
  VectorKernelsTest() {
    super(new VectorKernels(2, new ReferenceKernels()), Sizes.FULL);
  }
}
