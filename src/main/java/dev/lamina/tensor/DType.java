package dev.lamina.tensor;

/// The element types of tensors.
public enum DType {
  /// 32-bit floating point, the default of networks.
  F32(4),
  /// 64-bit floating point, for oracles and objectives.
  F64(8),
  /// 32-bit signed integer, for labels and positions.
  I32(4),
  /// 8-bit unsigned integer, for pixels and masks.
  U8(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /// The size of one element in bytes.
  public int bytes() {
    return bytes;
  }

  /// Whether elements are floating-point numbers.
  public boolean isFloating() {
    return this == F32 || this == F64;
  }
}
