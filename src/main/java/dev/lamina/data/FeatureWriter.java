package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the rows of a `FeatureStore`.
///
/// `finish` gives the store; closing before that removes what was written.
public final class FeatureWriter implements AutoCloseable {
  private final DType type;
  private final Shape sample;
  private final @Nullable Path file;
  private final @Nullable AtomicFile disk;
  private final int rowsPerChunk;
  private final List<MemorySegment> chunks = new ArrayList<>();
  private final @Nullable TensorBytes bytes;
  private int size;

  FeatureWriter(DType type, Shape sample, @Nullable Path file) {
    long rowBytes = (long) sample.size() * type.bytes();
    this.type = type;
    this.sample = sample;
    this.file = file;
    this.disk = file == null ? null : AtomicFile.create(file);
    this.rowsPerChunk = FeatureStore.rowsPerChunk(rowBytes);
    this.bytes = disk == null ? null : new TensorBytes(disk, ByteOrder.nativeOrder());
  }

  DType type() {
    return type;
  }

  Shape sample() {
    return sample;
  }

  int size() {
    return size;
  }

  /// Adds the first `n` rows of `x` `[m, ...]`, of the store's type, `m >= n`.
  ///
  /// @throws IllegalArgumentException if type or shape do not fit
  /// @throws LaminaException if the disk is full
  public void append(Tensor x, int n) {
    long row = sample.size();
    if (x.type() != type || n > x.axis(0) || x.size() != x.axis(0) * row) {
      throw new IllegalArgumentException(
          n + " rows of " + type + " " + sample + " are not in " + x.type() + " " + x.shape());
    }
    if (bytes != null) {
      bytes.append(x, 0, n * sample.size());
    } else {
      toMemory(x, n);
    }
    size += n;
  }

  private void toMemory(Tensor x, int n) {
    int row = sample.size();
    for (int i = 0; i < n; i++) {
      int place = (size + i) % rowsPerChunk;
      if (place == 0) {
        chunks.add(chunk(rowsPerChunk * row));
      }
      long to = (long) place * row * type.bytes();
      store(x, x.offset() + i * row, chunks.getLast().asSlice(to), row);
    }
  }

  private MemorySegment chunk(int elements) {
    return type == DType.F32
        ? MemorySegment.ofArray(new float[elements])
        : MemorySegment.ofArray(new double[elements]);
  }

  private void store(Tensor x, int from, MemorySegment to, int n) {
    if (type == DType.F32) {
      MemorySegment.copy(x.floats(), from, to, ValueLayout.JAVA_FLOAT, 0, n);
    } else {
      MemorySegment.copy(x.doubles(), from, to, ValueLayout.JAVA_DOUBLE, 0, n);
    }
  }

  /// The store of all rows that were added.
  ///
  /// @throws LaminaException if the file cannot be finished or mapped
  public FeatureStore finish() {
    if (disk == null || file == null) {
      return FeatureStore.inMemory(this, rowsPerChunk, chunks);
    }
    disk.commit();
    return FeatureStore.mapped(this, file);
  }

  /// Removes the half-written file, if there is one.
  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
