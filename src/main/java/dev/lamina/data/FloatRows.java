package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/// Rows of floating-point numbers in segments of memory or of a mapped file.
final class FloatRows implements Samples {
  private final Shape sample;
  private final DType type;
  private final int size;
  private final int rowsPerChunk;
  private final MemorySegment[] chunks;

  /// `size` rows, `rowsPerChunk` in each segment but the last.
  FloatRows(Shape sample, DType type, int size, int rowsPerChunk, MemorySegment... chunks) {
    this.sample = sample;
    this.type = type;
    this.size = size;
    this.rowsPerChunk = rowsPerChunk;
    this.chunks = chunks;
  }

  /// The rows in `values`, one after the other, which is not copied.
  static FloatRows of(Shape sample, float[] values) {
    int rows = sample.size() == 0 ? 0 : values.length / sample.size();
    return new FloatRows(sample, DType.F32, rows, Math.max(1, rows), MemorySegment.ofArray(values));
  }

  @Override
  public Shape sample() {
    return sample;
  }

  @Override
  public int size() {
    return size;
  }

  DType type() {
    return type;
  }

  @Override
  public void read(int row, Tensor out, int at) {
    MemorySegment chunk = chunks[row / rowsPerChunk];
    int n = sample.size();
    long from = (long) (row % rowsPerChunk) * n;
    int to = out.offset() + at;
    if (type == DType.F32) {
      readFloats(chunk, from, out, to, n);
    } else {
      readDoubles(chunk, from, out, to, n);
    }
  }

  private static void readFloats(MemorySegment chunk, long from, Tensor out, int to, int n) {
    if (out.type() == DType.F32) {
      MemorySegment.copy(chunk, ValueLayout.JAVA_FLOAT, 4 * from, out.floats(), to, n);
      return;
    }
    double[] y = out.doubles();
    for (int i = 0; i < n; i++) {
      y[to + i] = chunk.getAtIndex(ValueLayout.JAVA_FLOAT, from + i);
    }
  }

  private static void readDoubles(MemorySegment chunk, long from, Tensor out, int to, int n) {
    if (out.type() == DType.F64) {
      MemorySegment.copy(chunk, ValueLayout.JAVA_DOUBLE, 8 * from, out.doubles(), to, n);
      return;
    }
    float[] y = out.floats();
    for (int i = 0; i < n; i++) {
      y[to + i] = (float) chunk.getAtIndex(ValueLayout.JAVA_DOUBLE, from + i);
    }
  }

  @Override
  public void digest(int row, MessageDigest digest) {
    int n = sample.size();
    Tensor values = Tensor.zeros(type, n);
    read(row, values, 0);
    ByteBuffer bytes = ByteBuffer.allocate(n * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (type == DType.F32) {
      bytes.asFloatBuffer().put(values.floats());
    } else {
      bytes.asDoubleBuffer().put(values.doubles());
    }
    digest.update(bytes);
  }

  @Override
  public String kind() {
    return type.name();
  }
}
