package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Sums down the columns of a matrix: of x, of (x - mean)², of a (b - mean).
///
/// 1 to 3 flops and 4 or 8 bytes per element, bound by memory. Element order: a chunk of at most
/// 256 rows is one chain of floats per column (no chain mixes lanes, so no width shows); chunks are
/// added in order, in double. Few columns (less than 16, as the 1 or 3 of an image) are seen as
/// rows of sixteen times as many, and the sixteen sums of a column are added in order at the end.
final class ColumnSums {
  private ColumnSums() {}

  /// The length of a row as it is walked: `columns`, or sixteen rows at once if there are few.
  static int width(int columns) {
    return columns < Lanes.SUMS ? columns * Lanes.SUMS : columns;
  }

  /// Repeats the `columns` values at `v` until they fill a row of `width`.
  static void repeat(float[] pattern, float[] v, int at, int columns, int width) {
    for (int i = 0; i < width; i++) {
      pattern[i] = v[at + i % columns];
    }
  }

  /// `sums[j] = Σ x[.., j]` over the flat range; `sums` from `to` on, `width` of them.
  static void sums(float[] sums, int to, int width, float[] x, int from, int end) {
    Arrays.fill(sums, to, to + width, 0f);
    int row = from;
    for (; row <= end - 4 * width; row += 4 * width) {
      addFour(sums, to, width, x, row);
    }
    for (; row < end; row += width) {
      add(sums, to, Math.min(width, end - row), x, row);
    }
  }

  /// Four rows in one turn: a quarter of the stores, the same chains.
  private static void addFour(float[] sums, int to, int width, float[] x, int row) {
    int j = 0;
    for (; j <= width - LANES; j += LANES) {
      load(sums, to + j)
          .add(load(x, row + j))
          .add(load(x, row + width + j))
          .add(load(x, row + 2 * width + j))
          .add(load(x, row + 3 * width + j))
          .intoArray(sums, to + j);
    }
    for (; j < width; j++) {
      float sum = sums[to + j] + x[row + j] + x[row + width + j];
      sums[to + j] = sum + x[row + 2 * width + j] + x[row + 3 * width + j];
    }
  }

  private static void add(float[] sums, int to, int n, float[] x, int row) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      load(sums, to + j).add(load(x, row + j)).intoArray(sums, to + j);
    }
    for (; j < n; j++) {
      sums[to + j] += x[row + j];
    }
  }

  /// `sums[j] = Σ (x[.., j] - origin[j])` over the flat range; `origin` repeats to `width`.
  static void differences(
      float[] sums, int to, int width, float[] x, int from, int end, float[] origin) {
    Arrays.fill(sums, to, to + width, 0f);
    for (int row = from; row < end; row += width) {
      int n = Math.min(width, end - row);
      int j = 0;
      for (; j <= n - LANES; j += LANES) {
        FloatVector d = load(x, row + j).sub(load(origin, j));
        load(sums, to + j).add(d).intoArray(sums, to + j);
      }
      for (; j < n; j++) {
        sums[to + j] += x[row + j] - origin[j];
      }
    }
  }

  /// `sums[j] = Σ (x[.., j] - mean[j])²` over the flat range; `mean` repeats to `width`.
  static void squares(float[] sums, int to, int width, float[] x, int from, int end, float[] mean) {
    Arrays.fill(sums, to, to + width, 0f);
    for (int row = from; row < end; row += width) {
      int n = Math.min(width, end - row);
      int j = 0;
      for (; j <= n - LANES; j += LANES) {
        FloatVector d = load(x, row + j).sub(load(mean, j));
        d.fma(d, load(sums, to + j)).intoArray(sums, to + j);
      }
      for (; j < n; j++) {
        float d = x[row + j] - mean[j];
        sums[to + j] = Math.fma(d, d, sums[to + j]);
      }
    }
  }

  /// `sums[j] = Σ g[.., j] (x[.., j] - mean[j])` over the flat range of x; g lies `shift` further.
  static void products(
      float[] sums,
      int to,
      int width,
      float[] x,
      int from,
      int end,
      float[] mean,
      float[] g,
      int shift) {
    Arrays.fill(sums, to, to + width, 0f);
    for (int row = from; row < end; row += width) {
      int n = Math.min(width, end - row);
      int j = 0;
      for (; j <= n - LANES; j += LANES) {
        FloatVector d = load(x, row + j).sub(load(mean, j));
        load(g, row + shift + j).fma(d, load(sums, to + j)).intoArray(sums, to + j);
      }
      for (; j < n; j++) {
        float d = x[row + j] - mean[j];
        sums[to + j] = Math.fma(g[row + shift + j], d, sums[to + j]);
      }
    }
  }

  /// `totals[j]`: the sums of all chunks of column j, added in order; `totals` `[columns]`.
  static void total(double[] totals, int columns, float[] sums, int width, int chunks) {
    Arrays.fill(totals, 0, columns, 0d);
    for (int at = 0; at < chunks * width; at += columns) {
      for (int j = 0; j < columns; j++) {
        totals[j] += sums[at + j];
      }
    }
  }
}
