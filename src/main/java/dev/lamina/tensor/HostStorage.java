package dev.lamina.tensor;

/// Storage in a plain Java array: `float[]`, `double[]`, `int[]` or `byte[]`.
///
/// Only host storage hands out its array; nothing has to be closed.
public final class HostStorage implements Storage {
  private final DType type;
  private final int size;
  private final Object array;

  private HostStorage(DType type, int size, Object array) {
    this.type = type;
    this.size = size;
    this.array = array;
  }

  /// New storage of `size` zeros.
  ///
  /// @throws LaminaException with both numbers if Java has not so much memory left
  public static HostStorage allocate(DType type, int size) {
    try {
      return new HostStorage(type, size, array(type, size));
    } catch (OutOfMemoryError e) {
      throw new LaminaException(
          "a tensor of %,d elements needs %.2f GB, but of the %.2f GB that Java may take not so much"
                  .formatted(
                      size, 1e-9 * size * type.bytes(), 1e-9 * Runtime.getRuntime().maxMemory())
              + " is left; take a narrower network, a smaller batch, or a larger -Xmx",
          e);
    }
  }

  private static Object array(DType type, int size) {
    return switch (type) {
      case F32 -> new float[size];
      case F64 -> new double[size];
      case I32 -> new int[size];
      case U8 -> new byte[size];
    };
  }

  /// Storage on the given array, which is not copied.
  public static HostStorage of(float[] array) {
    return new HostStorage(DType.F32, array.length, array);
  }

  /// Storage on the given array, which is not copied.
  public static HostStorage of(double[] array) {
    return new HostStorage(DType.F64, array.length, array);
  }

  /// Storage on the given array, which is not copied.
  public static HostStorage of(int[] array) {
    return new HostStorage(DType.I32, array.length, array);
  }

  /// Storage on the given array, which is not copied; elements are read as unsigned bytes.
  public static HostStorage of(byte[] array) {
    return new HostStorage(DType.U8, array.length, array);
  }

  @Override
  public DType type() {
    return type;
  }

  @Override
  public int size() {
    return size;
  }

  /// The array of F32 storage.
  ///
  /// @throws ClassCastException if the type is another
  public float[] floats() {
    return (float[]) array;
  }

  /// The array of F64 storage.
  ///
  /// @throws ClassCastException if the type is another
  public double[] doubles() {
    return (double[]) array;
  }

  /// The array of I32 storage.
  ///
  /// @throws ClassCastException if the type is another
  public int[] ints() {
    return (int[]) array;
  }

  /// The array of U8 storage.
  ///
  /// @throws ClassCastException if the type is another
  public byte[] bytes() {
    return (byte[]) array;
  }
}
