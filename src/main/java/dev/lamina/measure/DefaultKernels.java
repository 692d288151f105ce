package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.tier.Tier;

/// The kernels of the one-line forms: chosen when the first is called, since each choice has
/// threads of its own.
final class DefaultKernels {
  private static final Kernels CHOSEN = Tier.choose();

  private DefaultKernels() {}

  static Kernels get() {
    return CHOSEN;
  }
}
