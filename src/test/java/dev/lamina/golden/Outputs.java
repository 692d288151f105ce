package dev.lamina.golden;

import dev.lamina.tensor.Tensor;

/// Where the results of a golden case go: to a comparison, or into a new file.
interface Outputs {
  /// Whether the output is wanted.
  boolean has(String name);

  /// Takes a result in the layout of the file.
  void take(String name, Tensor got);
}
