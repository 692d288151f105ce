package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.MapChecks;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `MapKernels.regionMeans` and its gradient; vectors run along the channels, one tile is one map.
///
/// One addition and one load per element, bound by memory. A region is walked in row-major order: a
/// mean is one chain per channel, at every width.
final class VectorRegions extends TileTask {
  private boolean backward;
  private float[] map = {};
  private float[] means = {};
  private int mapAt;
  private int meansAt;
  private int high;
  private int wide;
  private int rows;
  private int columns;
  private int channels;

  /// See `MapKernels.regionMeans`.
  void means(ThreadPool pool, Tensor y, Tensor x) {
    backward = false;
    run(pool, y, x);
  }

  /// See `MapKernels.regionMeansBackward`.
  void backward(ThreadPool pool, Tensor gx, Tensor gy) {
    backward = true;
    run(pool, gy, gx);
  }

  private void run(ThreadPool pool, Tensor small, Tensor large) {
    means = small.floats();
    meansAt = small.offset();
    map = large.floats();
    mapAt = large.offset();
    high = MapChecks.height(large);
    wide = MapChecks.width(large);
    rows = MapChecks.height(small);
    columns = MapChecks.width(small);
    channels = large.axis(-1);
    VectorPadding.runMaps(pool, this, large.axis(0), large.size());
  }

  @Override
  void run(int sample) {
    int from = mapAt + sample * high * wide * channels;
    int to = meansAt + sample * rows * columns * channels;
    if (backward) {
      Arrays.fill(map, from, from + high * wide * channels, 0f);
    }
    for (int i = 0; i < rows; i++) {
      int h0 = i * high / rows;
      int h1 = Split.tiles((i + 1) * high, rows);
      for (int j = 0; j < columns; j++) {
        int w0 = j * wide / columns;
        int w1 = Split.tiles((j + 1) * wide, columns);
        region(from, to + (i * columns + j) * channels, h0, h1, w0, w1);
      }
    }
  }

  private void region(int from, int to, int h0, int h1, int w0, int w1) {
    if (!backward) {
      Arrays.fill(means, to, to + channels, 0f);
    }
    float cells = (h1 - h0) * (w1 - w0);
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        int cell = from + (h * wide + w) * channels;
        if (backward) {
          addShare(map, cell, means, to, channels, cells);
        } else {
          add(means, to, map, cell, channels);
        }
      }
    }
    if (!backward) {
      divide(means, to, channels, cells);
    }
  }

  private static void add(float[] sums, int to, float[] x, int at, int n) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      load(sums, to + j).add(load(x, at + j)).intoArray(sums, to + j);
    }
    for (; j < n; j++) {
      sums[to + j] += x[at + j];
    }
  }

  private static void divide(float[] sums, int to, int n, float cells) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      load(sums, to + j).div(cells).intoArray(sums, to + j);
    }
    for (; j < n; j++) {
      sums[to + j] /= cells;
    }
  }

  private static void addShare(float[] x, int at, float[] means, int from, int n, float cells) {
    FloatVector count = FloatVector.broadcast(FLOATS, cells);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      load(x, at + j).add(load(means, from + j).div(count)).intoArray(x, at + j);
    }
    for (; j < n; j++) {
      x[at + j] += means[from + j] / cells;
    }
  }
}
