package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Writes a NumPy `.npy` file row by row, in C order, so that it may be larger than memory.
///
/// ```
/// try (Npy out = Npy.create(file, DType.F32, 60_000, Shape.of(512))) {
///   out.append(batch, n);     // as often as needed
///   out.finish();
/// }
/// ```
///
/// Source: NumPy Enhancement Proposal 1, format version 1.0.
public final class Npy implements AutoCloseable {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int ALIGNMENT = 64;

  private final AtomicFile file;
  private final TensorBytes bytes;
  private final DType type;
  private final long rows;
  private final Shape sample;
  private long written;

  private Npy(AtomicFile file, DType type, long rows, Shape sample) {
    this.file = file;
    this.bytes = new TensorBytes(file, ByteOrder.LITTLE_ENDIAN);
    this.type = type;
    this.rows = rows;
    this.sample = sample;
  }

  /// Writes one tensor at once.
  ///
  /// @throws LaminaException if the file cannot be written
  public static void write(Path file, Tensor tensor) {
    try (AtomicFile out = AtomicFile.create(file)) {
      out.append(header(tensor.type(), text(tensor.shape().axes())));
      new TensorBytes(out, ByteOrder.LITTLE_ENDIAN).append(tensor, 0, tensor.size());
      out.commit();
    }
  }

  /// Begins an array of shape `[rows, sample...]`.
  ///
  /// @throws LaminaException if the file cannot be made
  public static Npy create(Path file, DType type, long rows, Shape sample) {
    Npy npy = new Npy(AtomicFile.create(file), type, rows, sample);
    npy.file.append(header(type, rows + ", " + text(sample.axes())));
    return npy;
  }

  /// Adds the first `n` rows of `x` `[m, ...]`, `m >= n`.
  ///
  /// @throws IllegalArgumentException if type, shape or number of rows do not fit
  /// @throws LaminaException if the disk is full
  public void append(Tensor x, int n) {
    long all = (long) x.axis(0) * sample.size();
    if (x.type() != type || x.size() != all || n > x.axis(0) || written + n > rows) {
      throw new IllegalArgumentException(
          n
              + " rows of "
              + x.type()
              + " "
              + x.shape()
              + " after "
              + written
              + " do not fit into "
              + rows
              + " rows of "
              + type
              + " "
              + sample);
    }
    bytes.append(x, 0, n * sample.size());
    written += n;
  }

  /// Makes the file whole.
  ///
  /// @throws IllegalStateException if rows are missing
  /// @throws LaminaException if the disk refuses
  public void finish() {
    if (written != rows) {
      throw new IllegalStateException("only " + written + " of " + rows + " rows were written");
    }
    file.commit();
  }

  /// Removes the half-written file if it was not finished.
  @Override
  public void close() {
    file.close();
  }

  private static String text(int[] axes) {
    return Arrays.stream(axes).mapToObj(axis -> axis + ", ").collect(Collectors.joining());
  }

  private static ByteBuffer header(DType type, String shape) {
    String code =
        switch (type) {
          case F32 -> "<f4";
          case F64 -> "<f8";
          case I32 -> "<i4";
          case U8 -> "|u1";
        };
    String dictionary =
        "{'descr': '" + code + "', 'fortran_order': False, 'shape': (" + shape.strip() + "), }";
    int length = MAGIC.length + 2 + dictionary.length() + 1;
    int padding = (ALIGNMENT - length % ALIGNMENT) % ALIGNMENT;
    String text = dictionary + " ".repeat(padding) + "\n";
    return ByteBuffer.allocate(length + padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) text.length())
        .put(text.getBytes(StandardCharsets.ISO_8859_1))
        .flip();
  }
}
