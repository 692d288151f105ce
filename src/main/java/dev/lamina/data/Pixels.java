package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows of unsigned bytes that stand for `byte / 255`.
///
/// They lie in chunks of about a megabyte, so that a reader can grow them without a copy and
/// without believing a count in a header.
final class Pixels implements Samples {
  /// A little under a power of two: with its header an array then fills whole regions of the heap.
  private static final int CHUNK_BYTES = (1 << 20) - 64;

  private static final float[] SINGLE = new float[256];
  private static final double[] DOUBLE = new double[256];

  static {
    for (int i = 0; i < 256; i++) {
      DOUBLE[i] = i / 255.0;
      SINGLE[i] = i / 255f;
    }
  }

  private final Shape sample;
  private final int length;
  private final int rowsPerChunk;
  private final List<byte[]> chunks = new ArrayList<>();
  private int size;

  /// No rows yet, each of `sample` `[h, w, c]`.
  Pixels(Shape sample) {
    this.sample = sample;
    this.length = sample.size();
    this.rowsPerChunk = Math.max(1, CHUNK_BYTES / Math.max(1, length));
  }

  /// Adds the row that starts at `from[at]`, already channels last.
  void add(byte[] from, int at) {
    int place = size % rowsPerChunk;
    if (place == 0) {
      chunks.add(new byte[rowsPerChunk * length]);
    }
    System.arraycopy(from, at, chunks.getLast(), place * length, length);
    size++;
  }

  /// Adds all rows of `other`.
  void addAll(Pixels other) {
    for (int row = 0; row < other.size; row++) {
      add(other.chunk(row), other.start(row));
    }
  }

  @Override
  public Shape sample() {
    return sample;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int row, Tensor out, int at) {
    byte[] chunk = chunk(row);
    int from = start(row);
    int to = out.offset() + at;
    if (out.type() == DType.F32) {
      float[] y = out.floats();
      for (int i = 0; i < length; i++) {
        y[to + i] = SINGLE[chunk[from + i] & 0xFF];
      }
    } else {
      double[] y = out.doubles();
      for (int i = 0; i < length; i++) {
        y[to + i] = DOUBLE[chunk[from + i] & 0xFF];
      }
    }
  }

  /// Writes row `row` to `out` from its flat position `at` on, moved and mirrored; what comes from
  /// outside of the picture is black.
  void read(int row, Augmentation.Move move, Tensor out, int at) {
    int h = sample.axis(0);
    int w = sample.axis(1);
    int c = sample.axis(2);
    byte[] chunk = chunk(row);
    int start = start(row);
    int to = out.offset() + at;
    for (int i = 0; i < h; i++) {
      int y = i + move.down();
      for (int j = 0; j < w; j++) {
        int x = (move.mirrored() ? w - 1 - j : j) + move.right();
        boolean inside = y >= 0 && y < h && x >= 0 && x < w;
        int from = start + (y * w + x) * c;
        for (int k = 0; k < c; k++) {
          put(out, to++, inside ? chunk[from + k] & 0xFF : 0);
        }
      }
    }
  }

  private static void put(Tensor out, int at, int value) {
    if (out.type() == DType.F32) {
      out.floats()[at] = SINGLE[value];
    } else {
      out.doubles()[at] = DOUBLE[value];
    }
  }

  /// The bytes of row `row`, channels last.
  byte[] copy(int row) {
    return Arrays.copyOfRange(chunk(row), start(row), start(row) + length);
  }

  @Override
  public void digest(int row, MessageDigest digest) {
    digest.update(chunk(row), start(row), length);
  }

  @Override
  public String kind() {
    return "U8";
  }

  private byte[] chunk(int row) {
    return chunks.get(row / rowsPerChunk);
  }

  private int start(int row) {
    return row % rowsPerChunk * length;
  }
}
