package dev.lamina.kernel;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import org.junit.jupiter.api.Tag;

@Tag("widths")
class VectorKernelsSmallTest extends KernelsContract {
  VectorKernelsSmallTest() {
    super(new VectorKernels(2, new ReferenceKernels()), Sizes.SMALL);
  }
}
