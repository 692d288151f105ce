package dev.lamina.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// Argmax, the k largest, one-hot rows: one reading of a row per element selected.
final class VectorSelection extends TileTask {
  /// The bits of an exponent that only infinities and NaN have.
  private static final int EXPONENT = 0x7F800000;

  private float[] x = {};
  private float[] values = {};
  private int[] at = {};
  private int xAt;
  private int valuesAt;
  private int atAt;
  private int rows;
  private int width;
  private int most;
  private int chunk;
  private boolean stores;

  /// See `Kernels.argmax`.
  void argmax(ThreadPool pool, Tensor positions, Tensor from) {
    stores = false;
    run(pool, positions, from, 1);
  }

  /// See `Kernels.topK`.
  void topK(ThreadPool pool, Tensor largest, Tensor positions, Tensor from) {
    stores = true;
    values = largest.floats();
    valuesAt = largest.offset();
    run(pool, positions, from, largest.axis(-1));
  }

  private void run(ThreadPool pool, Tensor positions, Tensor from, int k) {
    x = from.floats();
    xAt = from.offset();
    at = positions.ints();
    atAt = positions.offset();
    width = from.axis(-1);
    rows = positions.size() == 0 ? 0 : from.shape().rows();
    most = k;
    chunk = Split.rows(width, Split.HEAVY_GRAIN);
    Split.run(pool, this, Split.tiles(rows, chunk));
  }

  @Override
  void run(int tile) {
    int end = Math.min(rows, (tile + 1) * chunk);
    for (int row = tile * chunk; row < end; row++) {
      row(row);
    }
  }

  private void row(int row) {
    int from = xAt + row * width;
    float value = Lanes.max(x, from, width);
    int place = -1;
    for (int k = 0; k < most; k++) {
      int next = Lanes.indexOf(value, x, from, place + 1, width);
      if (next < 0) {
        value = Lanes.maxBelow(value, x, from, width);
        next = Math.max(0, Lanes.indexOf(value, x, from, 0, width));
      }
      place = next;
      at[atAt + row * most + k] = place;
      if (stores) {
        values[valuesAt + row * most + k] = x[from + place];
      }
    }
  }

  /// See `Kernels.oneHot`.
  static void oneHot(Tensor y, Tensor labels) {
    float[] out = y.floats();
    Arrays.fill(out, y.offset(), y.offset() + y.size(), 0f);
    for (int row = 0; row < labels.size(); row++) {
      out[y.offset() + row * y.axis(1) + labels.ints()[labels.offset() + row]] = 1f;
    }
  }

  /// See `Kernels.firstNotFinite`; one look at the exponent of each float.
  static void firstNotFinite(Tensor found, Tensor x) {
    found.floats()[found.offset()] = firstNotFinite(x.floats(), x.offset(), x.size());
  }

  private static int firstNotFinite(float[] x, int at, int n) {
    int i = 0;
    for (; i <= n - Simd.LANES; i += Simd.LANES) {
      long bad =
          Simd.load(x, at + i).reinterpretAsInts().and(EXPONENT).compare(EQ, EXPONENT).toLong();
      if (bad != 0) {
        return i + Long.numberOfTrailingZeros(bad);
      }
    }
    for (; i < n; i++) {
      if (!Float.isFinite(x[at + i])) {
        return i;
      }
    }
    return -1;
  }
}
