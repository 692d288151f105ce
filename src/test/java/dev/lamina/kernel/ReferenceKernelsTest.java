package dev.lamina.kernel;

import dev.lamina.kernel.reference.ReferenceKernels;

/// The oracle against itself, with other types, offsets and aliases; golden cases show that it is
/// right.
class ReferenceKernelsTest extends KernelsContract {
  ReferenceKernelsTest() {
    super(new ReferenceKernels(), Sizes.SMALL);
  }
}
