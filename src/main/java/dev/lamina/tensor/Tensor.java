package dev.lamina.tensor;

/// A row-major, contiguous block of numbers: a shape on a storage from an offset on.
///
/// A view shares the storage of its tensor. The accessors `get` and `set` are for borders, tests
/// and printing; arithmetic goes through `dev.lamina.kernel.Kernels`. Tensors are not thread-safe:
/// who shares one for writing orders the accesses.
public final class Tensor {
  private final Shape shape;
  private final DType type;
  private final Storage storage;
  private final int offset;

  private Tensor(Shape shape, Storage storage, int offset) {
    if (offset < 0 || (long) offset + shape.size() > storage.size()) {
      throw new IllegalArgumentException(
          "a view of shape "
              + shape
              + " at offset "
              + offset
              + " does not fit into storage of "
              + storage.size()
              + " elements");
    }
    this.shape = shape;
    this.type = storage.type();
    this.storage = storage;
    this.offset = offset;
  }

  /// A new tensor of zeros.
  public static Tensor zeros(DType type, Shape shape) {
    return new Tensor(shape, HostStorage.allocate(type, shape.size()), 0);
  }

  /// A new tensor of zeros with these axes.
  public static Tensor zeros(DType type, int... axes) {
    return zeros(type, Shape.of(axes));
  }

  /// A tensor on the given storage from its first element on.
  public static Tensor on(Storage storage, Shape shape) {
    return new Tensor(shape, storage, 0);
  }

  /// An F32 tensor on the given array, which is not copied.
  public static Tensor of(float[] values, int... axes) {
    return on(HostStorage.of(values), shape(values.length, axes));
  }

  /// An F64 tensor on the given array, which is not copied.
  public static Tensor of(double[] values, int... axes) {
    return on(HostStorage.of(values), shape(values.length, axes));
  }

  /// An I32 tensor on the given array, which is not copied.
  public static Tensor of(int[] values, int... axes) {
    return on(HostStorage.of(values), shape(values.length, axes));
  }

  /// A U8 tensor on the given array, which is not copied.
  public static Tensor of(byte[] values, int... axes) {
    return on(HostStorage.of(values), shape(values.length, axes));
  }

  private static Shape shape(int length, int[] axes) {
    return axes.length == 0 ? Shape.of(length) : Shape.of(axes);
  }

  /// The sizes of the axes.
  public Shape shape() {
    return shape;
  }

  /// The size of axis `i`; negative `i` counts from the end.
  public int axis(int i) {
    return shape.axis(i);
  }

  /// The number of elements.
  public int size() {
    return shape.size();
  }

  /// The type of the elements.
  public DType type() {
    return type;
  }

  /// The memory behind this tensor.
  public Storage storage() {
    return storage;
  }

  /// The position of the first element in the storage, in elements.
  public int offset() {
    return offset;
  }

  /// A view of shape `s` that starts `from` elements after this tensor's first.
  ///
  /// @throws IllegalArgumentException if it does not lie inside this tensor
  public Tensor view(int from, Shape s) {
    if (from < 0 || (long) from + s.size() > size()) {
      throw new IllegalArgumentException(
          "a view of shape " + s + " at " + from + " leaves the tensor of shape " + shape);
    }
    return new Tensor(s, storage, offset + from);
  }

  /// The same elements in another shape.
  public Tensor reshape(Shape s) {
    if (s.size() != size()) {
      throw new IllegalArgumentException("cannot see " + shape + " as " + s);
    }
    return s.equals(shape) ? this : view(0, s);
  }

  /// The same elements in another shape.
  public Tensor reshape(int... axes) {
    return reshape(Shape.of(axes));
  }

  /// A view of the rows `from` (inclusive) to `to` (exclusive) along the first axis.
  public Tensor rows(int from, int to) {
    int row = shape.axis(0) == 0 ? 0 : size() / shape.axis(0);
    return view(from * row, shape.withFirst(to - from));
  }

  /// The array of an F32 tensor; its first element lies at `offset()`.
  public float[] floats() {
    return host().floats();
  }

  /// The array of an F64 tensor; its first element lies at `offset()`.
  public double[] doubles() {
    return host().doubles();
  }

  /// The array of an I32 tensor; its first element lies at `offset()`.
  public int[] ints() {
    return host().ints();
  }

  /// The array of a U8 tensor; its first element lies at `offset()`.
  public byte[] bytes() {
    return host().bytes();
  }

  /// The element at flat position `i`, as a double.
  public double get(int i) {
    int at = offset + i;
    return switch (type) {
      case F32 -> floats()[at];
      case F64 -> doubles()[at];
      case I32 -> ints()[at];
      case U8 -> bytes()[at] & 0xFF;
    };
  }

  /// Sets the element at flat position `i`, rounded to this tensor's type.
  public void set(int i, double value) {
    int at = offset + i;
    switch (type) {
      case F32 -> floats()[at] = (float) value;
      case F64 -> doubles()[at] = value;
      case I32 -> ints()[at] = (int) value;
      case U8 -> bytes()[at] = (byte) (int) value;
    }
  }

  /// A copy of the elements as doubles, in row-major order.
  public double[] toDoubles() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(i);
    }
    return values;
  }

  /// Copies the elements of `source` into this tensor.
  ///
  /// @throws IllegalArgumentException if type or number of elements differ
  public void copyFrom(Tensor source) {
    if (source.type != type || source.size() != size()) {
      throw new IllegalArgumentException(
          "cannot copy " + source.type + " " + source.shape + " into " + type + " " + shape);
    }
    System.arraycopy(source.array(), source.offset, array(), offset, size());
  }

  /// A new tensor with the same elements on storage of its own.
  public Tensor copy() {
    Tensor copy = zeros(type, shape);
    copy.copyFrom(this);
    return copy;
  }

  private Object array() {
    return switch (type) {
      case F32 -> floats();
      case F64 -> doubles();
      case I32 -> ints();
      case U8 -> bytes();
    };
  }

  private HostStorage host() {
    return (HostStorage) storage;
  }

  /// Type, shape and the first values, for messages.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(type + " " + shape + " {");
    for (int i = 0; i < Math.min(8, size()); i++) {
      text.append(i == 0 ? "" : ", ").append(get(i));
    }
    return text.append(size() > 8 ? ", ...}" : "}").toString();
  }
}
