package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Padding;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// `Kernels.pad` and `unpad`: copies of runs of channels, bound by memory; one tile is one map.
final class VectorPadding extends TileTask {
  private boolean backward;
  private float[] y = {};
  private float[] x = {};
  private int yAt;
  private int xAt;
  private int high;
  private int wide;
  private int channels;
  private Padding padding = Padding.NONE;

  /// See `Kernels.pad`.
  void pad(ThreadPool pool, Tensor padded, Tensor map, Padding p) {
    backward = false;
    run(pool, padded, map, p);
  }

  /// See `Kernels.unpad`.
  void unpad(ThreadPool pool, Tensor map, Tensor padded, Padding p) {
    backward = true;
    run(pool, padded, map, p);
  }

  private void run(ThreadPool pool, Tensor padded, Tensor map, Padding p) {
    y = padded.floats();
    yAt = padded.offset();
    x = map.floats();
    xAt = map.offset();
    high = MapChecks.height(map);
    wide = MapChecks.width(map);
    channels = map.axis(-1);
    padding = p;
    runMaps(pool, this, map.axis(0), padded.size());
  }

  /// Runs one tile per map, alone if all maps together have few elements.
  static void runMaps(ThreadPool pool, TileTask task, int maps, int size) {
    if (size == 0) {
      return;
    }
    if (size < 2 * Split.GRAIN) {
      ThreadPool.runAlone(task, maps);
    } else {
      pool.run(task, maps);
    }
  }

  @Override
  void run(int sample) {
    int p = padding.size();
    int line = (wide + 2 * p) * channels;
    int map = yAt + sample * (high + 2 * p) * line;
    int inner = xAt + sample * high * wide * channels;
    if (backward) {
      gather(map, inner);
      return;
    }
    for (int h = 0; h < high; h++) {
      int at = map + (h + p) * line + p * channels;
      System.arraycopy(x, inner + h * wide * channels, y, at, wide * channels);
    }
    surround(y, map, high, wide, channels, padding);
  }

  /// Fills the cells around the map that lies in the middle of the padded map at `map`.
  private static void surround(
      float[] y, int map, int high, int wide, int channels, Padding padding) {
    int p = padding.size();
    int line = (wide + 2 * p) * channels;
    for (int h = p; h < high + p; h++) {
      sides(y, map + h * line, wide, channels, padding);
    }
    for (int i = 1; i <= p; i++) {
      row(y, map, p - i, line, p + padding.source(-i, high), padding);
      row(y, map, p + high - 1 + i, line, p + padding.source(high - 1 + i, high), padding);
    }
  }

  /// Row `to` of the padded map becomes row `from`, or zeros.
  private static void row(float[] y, int map, int to, int line, int from, Padding padding) {
    int at = map + to * line;
    if (padding.mode() == Padding.Mode.ZEROS) {
      Arrays.fill(y, at, at + line, 0f);
    } else {
      System.arraycopy(y, map + from * line, y, at, line);
    }
  }

  private static void sides(float[] y, int line, int wide, int channels, Padding padding) {
    int p = padding.size();
    int first = line + p * channels;
    int right = first + wide * channels;
    if (padding.mode() == Padding.Mode.ZEROS) {
      Arrays.fill(y, line, first, 0f);
      Arrays.fill(y, right, right + p * channels, 0f);
      return;
    }
    for (int i = 1; i <= p; i++) {
      int left = padding.source(-i, wide);
      copy(y, first + left * channels, first - i * channels, channels);
      int beyond = padding.source(wide - 1 + i, wide);
      copy(y, first + beyond * channels, right + (i - 1) * channels, channels);
    }
  }

  private static void copy(float[] y, int from, int to, int n) {
    for (int i = 0; i < n; i++) {
      y[to + i] = y[from + i];
    }
  }

  /// The gradient: every cell of the padded map is added at its source, in row-major order.
  private void gather(int map, int inner) {
    int p = padding.size();
    Arrays.fill(x, inner, inner + high * wide * channels, 0f);
    for (int h = -p; h < high + p; h++) {
      for (int w = -p; w < wide + p; w++) {
        int toH = padding.source(h, high);
        int toW = padding.source(w, wide);
        if (toH >= 0 && toW >= 0) {
          int from = map + ((h + p) * (wide + 2 * p) + w + p) * channels;
          add(x, inner + (toH * wide + toW) * channels, y, from, channels);
        }
      }
    }
  }

  private static void add(float[] to, int at, float[] from, int fromAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(to, at + i).add(load(from, fromAt + i)).intoArray(to, at + i);
    }
    for (; i < n; i++) {
      to[at + i] += from[fromAt + i];
    }
  }
}
