package dev.lamina.tensor;

/// The memory behind a tensor; today a Java array, later also a device's.
public sealed interface Storage permits HostStorage {
  /// The type of the elements.
  DType type();

  /// The number of elements.
  int size();
}
