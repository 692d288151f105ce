package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.INTS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.Pool;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/// Max and mean pools and their gradients; vectors run along the channels, one tile is one map.
///
/// `kernel²` comparisons or additions and as many loads (mostly from L1) per output; a window is
/// walked in row-major order, so the first maximum wins and a mean is one chain.
final class VectorPooling extends TileTask {
  private enum Call {
    MAX,
    MAX_BACKWARD,
    MEAN,
    MEAN_BACKWARD
  }

  private Call call = Call.MAX;
  private float[] map = {};
  private float[] pooled = {};
  private int[] at = {};
  private int mapAt;
  private int pooledAt;
  private int atAt;
  private int high;
  private int wide;
  private int outHigh;
  private int outWide;
  private int channels;
  private Pool window = new Pool(1, 1, 0);

  /// See `Kernels.maxPool`.
  void maxPool(ThreadPool pool, Tensor y, Tensor positions, Tensor x, Pool p) {
    positions(positions);
    run(pool, Call.MAX, y, x, p);
  }

  /// See `Kernels.maxPoolBackward`.
  void maxPoolBackward(ThreadPool pool, Tensor gx, Tensor gy, Tensor positions, Pool p) {
    positions(positions);
    run(pool, Call.MAX_BACKWARD, gy, gx, p);
  }

  /// See `Kernels.avgPool`.
  void avgPool(ThreadPool pool, Tensor y, Tensor x, Pool p) {
    run(pool, Call.MEAN, y, x, p);
  }

  /// See `Kernels.avgPoolBackward`.
  void avgPoolBackward(ThreadPool pool, Tensor gx, Tensor gy, Pool p) {
    run(pool, Call.MEAN_BACKWARD, gy, gx, p);
  }

  private void positions(Tensor positions) {
    at = positions.ints();
    atAt = positions.offset();
  }

  private void run(ThreadPool pool, Call what, Tensor small, Tensor large, Pool p) {
    call = what;
    pooled = small.floats();
    pooledAt = small.offset();
    map = large.floats();
    mapAt = large.offset();
    high = MapChecks.height(large);
    wide = MapChecks.width(large);
    outHigh = MapChecks.height(small);
    outWide = MapChecks.width(small);
    channels = large.axis(-1);
    window = p;
    VectorPadding.runMaps(pool, this, large.axis(0), large.size());
  }

  @Override
  void run(int sample) {
    int from = mapAt + sample * high * wide * channels;
    int first = sample * outHigh * outWide * channels;
    if (call == Call.MAX_BACKWARD || call == Call.MEAN_BACKWARD) {
      Arrays.fill(map, from, from + high * wide * channels, 0f);
    }
    for (int oh = 0; oh < outHigh; oh++) {
      int top = oh * window.stride() - window.padding();
      for (int ow = 0; ow < outWide; ow++) {
        int left = ow * window.stride() - window.padding();
        cell(from, first + (oh * outWide + ow) * channels, top, left);
      }
    }
  }

  /// One output cell; `to` counts from the begin of the pooled map, `top` and `left` may be
  /// padding.
  private void cell(int from, int to, int top, int left) {
    int h0 = Math.max(0, top);
    int h1 = Math.min(high, top + window.kernel());
    int w0 = Math.max(0, left);
    int w1 = Math.min(wide, left + window.kernel());
    switch (call) {
      case MAX -> {
        int whole = FLOATS.loopBound(channels);
        for (int j = 0; j < whole; j += LANES) {
          max(from, to, h0, h1, w0, w1, j);
        }
        for (int j = whole; j < channels; j++) {
          maxOne(from, to, h0, h1, w0, w1, j);
        }
      }
      case MEAN -> {
        int whole = FLOATS.loopBound(channels);
        for (int j = 0; j < whole; j += LANES) {
          mean(from, to, h0, h1, w0, w1, j);
        }
        for (int j = whole; j < channels; j++) {
          meanOne(from, to, h0, h1, w0, w1, j);
        }
      }
      case MAX_BACKWARD -> {
        for (int j = 0; j < channels; j++) {
          map[from + at[atAt + to + j] * channels + j] += pooled[pooledAt + to + j];
        }
      }
      case MEAN_BACKWARD -> spread(from, to, h0, h1, w0, w1);
    }
  }

  private void max(int from, int to, int h0, int h1, int w0, int w1, int j) {
    FloatVector best = load(map, from + (h0 * wide + w0) * channels + j);
    IntVector place = IntVector.broadcast(INTS, h0 * wide + w0);
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        int position = h * wide + w;
        FloatVector v = load(map, from + position * channels + j);
        // Also where only v is NaN.
        VectorMask<Float> better = v.compare(LE, best).not().and(best.compare(EQ, best));
        best = best.blend(v, better);
        place = place.blend(position, better.cast(INTS));
      }
    }
    best.intoArray(pooled, pooledAt + to + j);
    place.intoArray(at, atAt + to + j);
  }

  /// One channel beyond the last whole vector: the same comparisons. Not by a mask: a masked access
  /// makes objects where it reaches beyond the end of its array.
  private void maxOne(int from, int to, int h0, int h1, int w0, int w1, int j) {
    int place = h0 * wide + w0;
    float best = map[from + place * channels + j];
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        float v = map[from + (h * wide + w) * channels + j];
        if (!(v <= best) && !Float.isNaN(best)) {
          best = v;
          place = h * wide + w;
        }
      }
    }
    pooled[pooledAt + to + j] = best;
    at[atAt + to + j] = place;
  }

  private void mean(int from, int to, int h0, int h1, int w0, int w1, int j) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        sum = sum.add(load(map, from + (h * wide + w) * channels + j));
      }
    }
    float cells = window.kernel() * window.kernel();
    sum.div(cells).intoArray(pooled, pooledAt + to + j);
  }

  private void meanOne(int from, int to, int h0, int h1, int w0, int w1, int j) {
    float sum = 0f;
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        sum += map[from + (h * wide + w) * channels + j];
      }
    }
    float cells = window.kernel() * window.kernel();
    pooled[pooledAt + to + j] = sum / cells;
  }

  private void spread(int from, int to, int h0, int h1, int w0, int w1) {
    float cells = window.kernel() * window.kernel();
    for (int h = h0; h < h1; h++) {
      for (int w = w0; w < w1; w++) {
        int cell = from + (h * wide + w) * channels;
        int j = 0;
        for (; j <= channels - LANES; j += LANES) {
          FloatVector share = load(pooled, pooledAt + to + j).div(cells);
          load(map, cell + j).add(share).intoArray(map, cell + j);
        }
        for (; j < channels; j++) {
          map[cell + j] += pooled[pooledAt + to + j] / cells;
        }
      }
    }
  }
}
