package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/// Rows of floating-point numbers, as many as memory or disk hold: also more than 2³¹-1 elements.
///
/// What the lower blocks make of a sample once and for all is kept here, in memory or in a file.
/// The file is written through a channel to `NAME.part`, renamed when whole and only then mapped,
/// because a mapping that meets a full disk kills the virtual machine. Nothing has to be closed.
/// Immutable when finished; any number of threads may read.
public final class FeatureStore implements Samples {
  private static final String SUFFIX = ".features";

  /// A little under a power of two: with its header an array then fills whole regions of the heap.
  private static final long CHUNK_BYTES = (1L << 22) - 64;

  private final Shape sample;
  private final DType type;
  private final int size;
  private final int rowsPerChunk;
  private final MemorySegment[] chunks;

  private FeatureStore(
      Shape sample, DType type, int size, int rowsPerChunk, MemorySegment... chunks) {
    this.sample = sample;
    this.type = type;
    this.size = size;
    this.rowsPerChunk = rowsPerChunk;
    this.chunks = chunks;
  }

  /// The rows in `values`, one after the other, which is not copied.
  static FeatureStore of(Shape sample, float[] values) {
    int rows = sample.size() == 0 ? 0 : values.length / sample.size();
    return new FeatureStore(
        sample, DType.F32, rows, Math.max(1, rows), MemorySegment.ofArray(values));
  }

  /// Begins a store in memory, which grows as rows come.
  ///
  /// - `type` — F32 or F64
  /// - `sample` — the shape of a row, for example `[h, w, c]`
  public static FeatureWriter inMemory(DType type, Shape sample) {
    return new FeatureWriter(floating(type), sample, null);
  }

  /// Begins a store in the file `NAME.features` of `folder`, which is made if it is missing.
  ///
  /// - `type` — F32 or F64
  /// - `sample` — the shape of a row, for example `[h, w, c]`
  ///
  /// @throws LaminaException if the file cannot be made
  public static FeatureWriter onDisk(Path folder, String name, DType type, Shape sample) {
    return new FeatureWriter(floating(type), sample, folder.resolve(name + SUFFIX));
  }

  private static DType floating(DType type) {
    if (!type.isFloating()) {
      throw new IllegalArgumentException("features are F32 or F64, not " + type);
    }
    return type;
  }

  /// Whether so many rows would take at most three quarters of the memory that is free.
  public static boolean fitsInMemory(DType type, Shape sample, int rows) {
    Runtime machine = Runtime.getRuntime();
    long free = machine.maxMemory() - (machine.totalMemory() - machine.freeMemory());
    return (double) rows * sample.size() * type.bytes() <= 0.75 * free;
  }

  /// Removes feature files, whole or half-written, that an earlier run left in `folder`.
  ///
  /// @throws LaminaException if one cannot be removed
  public static void discardLeftovers(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    String pattern = "*" + SUFFIX + "{,.part}";
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new LaminaException(
          folder
              + ": an old feature cache cannot be removed ("
              + e.getMessage()
              + "); remove the *"
              + SUFFIX
              + " files there",
          e);
    }
  }

  /// The rows that a writer collected in memory.
  static FeatureStore inMemory(FeatureWriter from, int rowsPerChunk, List<MemorySegment> chunks) {
    return new FeatureStore(
        from.sample(),
        from.type(),
        from.size(),
        rowsPerChunk,
        chunks.toArray(MemorySegment[]::new));
  }

  /// The rows of a whole file, mapped for reading.
  static FeatureStore mapped(FeatureWriter from, Path file) {
    long bytes = (long) from.size() * from.sample().size() * from.type().bytes();
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
      return new FeatureStore(
          from.sample(), from.type(), from.size(), Math.max(1, from.size()), all);
    } catch (IOException e) {
      throw new LaminaException(
          file + ": cannot be mapped (" + e.getMessage() + "); name another folder for caches", e);
    }
  }

  /// How many rows of `rowBytes` make a chunk in memory.
  static int rowsPerChunk(long rowBytes) {
    return (int) Math.max(1, CHUNK_BYTES / Math.max(1, rowBytes));
  }

  @Override
  public Shape sample() {
    return sample;
  }

  @Override
  public int size() {
    return size;
  }

  /// The type of the stored numbers, F32 or F64.
  public DType type() {
    return type;
  }

  /// Writes row `row` to `out` (F32 or F64) from its flat position `at` on; allocates nothing.
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
