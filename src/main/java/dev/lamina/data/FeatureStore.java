package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Rows of floating-point numbers, as many as memory or disk hold: also more than 2³¹-1 elements.
///
/// What the lower blocks make of a sample once and for all is kept here, in memory or in a file.
/// The file is written through a channel to `NAME.part`, renamed when whole and only then mapped,
/// because a mapping that meets a full disk kills the virtual machine; its name is then removed, so
/// that no run leaves it behind. Nothing has to be closed. Immutable when finished; any number of
/// threads may read.
public final class FeatureStore {
  private static final String SUFFIX = ".features";

  /// A little under a power of two: with its header an array then fills whole regions of the heap.
  private static final long CHUNK_BYTES = (1L << 22) - 64;

  private final FloatRows rows;

  private FeatureStore(FloatRows rows) {
    this.rows = rows;
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
    MemorySegment[] all = chunks.toArray(MemorySegment[]::new);
    return new FeatureStore(
        new FloatRows(from.sample(), from.type(), from.size(), rowsPerChunk, all));
  }

  /// The rows of a whole file, mapped for reading.
  static FeatureStore mapped(FeatureWriter from, Path file) {
    int size = from.size();
    long bytes = (long) size * from.sample().size() * from.type().bytes();
    try (FileChannel channel = FileChannel.open(file)) {
      MemorySegment all = channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
      forget(file);
      return new FeatureStore(
          new FloatRows(from.sample(), from.type(), size, Math.max(1, size), all));
    } catch (IOException e) {
      throw new LaminaException(
          file + ": cannot be mapped (" + e.getMessage() + "); name another folder for caches", e);
    }
  }

  /// Removes the name of a file that is mapped, so that its space is free when the program ends,
  /// however it ends.
  private static void forget(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      // Windows keeps the names of mapped files: the next run discards what is left over.
      return;
    }
  }

  /// How many rows of `rowBytes` make a chunk in memory.
  static int rowsPerChunk(long rowBytes) {
    return (int) Math.max(1, CHUNK_BYTES / Math.max(1, rowBytes));
  }

  /// The shape of a row.
  public Shape sample() {
    return rows.sample();
  }

  /// The number of rows.
  public int size() {
    return rows.size();
  }

  /// The type of the stored numbers, F32 or F64.
  public DType type() {
    return rows.type();
  }

  /// Writes row `row` to `out` (F32 or F64) from its flat position `at` on; allocates nothing.
  public void read(int row, Tensor out, int at) {
    rows.read(row, out, at);
  }

  /// The rows as samples of a data set.
  FloatRows rows() {
    return rows;
  }
}
