package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/// Batch normalisation over channels.
///
/// Bound by memory: two readings for the moments (mean first, then squares around it), one reading
/// and one writing for `normalize`. Few channels run on a pattern of sixteen times their number
/// (`ColumnSums.width`), so that no lane is idle.
final class VectorNormalization extends TileTask {
  private enum Call {
    SUMS,
    SQUARES,
    PRODUCTS,
    NORMALIZE,
    BACKWARD
  }

  private Call call = Call.SUMS;
  private float[] y = {};
  private float[] x = {};
  private float[] g = {};
  private int yAt;
  private int xAt;
  private int gAt;
  private int size;
  private int channels;
  private int width;
  private int chunk;
  private float[] sums = {};
  private double[] totals = {};
  private float[] means = {};
  private float[] scales = {};
  private float[] shifts = {};
  private float[] slopes = {};

  private void over(Tensor matrix) {
    x = matrix.floats();
    xAt = matrix.offset();
    size = matrix.size();
    channels = matrix.axis(-1);
    width = ColumnSums.width(channels);
    chunk = Split.chunk(width, Split.GRAIN) * Math.max(1, width);
    if (means.length < width) {
      means = new float[width];
      scales = new float[width];
      shifts = new float[width];
      slopes = new float[width];
      totals = new double[width];
    }
  }

  private int chunks() {
    return Split.tiles(size, chunk);
  }

  /// Runs one of the sums and leaves its totals per channel.
  private void total(ThreadPool pool, Call what) {
    call = what;
    int needed = chunks() * width;
    sums = sums.length < needed ? new float[needed] : sums;
    Split.run(pool, this, chunks());
    ColumnSums.total(totals, channels, sums, width, chunks());
  }

  private void store(Tensor to, double factor) {
    for (int j = 0; j < channels; j++) {
      to.floats()[to.offset() + j] = (float) (totals[j] * factor);
    }
  }

  /// See `Kernels.columnSums`.
  void columnSums(ThreadPool pool, Tensor out, Tensor matrix) {
    over(matrix);
    total(pool, Call.SUMS);
    store(out, 1);
  }

  /// See `Kernels.moments`.
  void moments(ThreadPool pool, Tensor mean, Tensor variance, Tensor matrix) {
    over(matrix);
    double m = 1.0 * size / Math.max(1, channels);
    total(pool, Call.SUMS);
    store(mean, 1 / m);
    repeat(means, mean);
    total(pool, Call.SQUARES);
    store(variance, 1 / m);
  }

  private void repeat(float[] pattern, Tensor v) {
    ColumnSums.repeat(pattern, v.floats(), v.offset(), channels, width);
  }

  private void prepare(Tensor mean, Tensor variance, double eps) {
    repeat(means, mean);
    repeat(scales, variance);
    for (int j = 0; j < width; j++) {
      scales[j] = (float) (1 / Math.sqrt(scales[j] + eps));
    }
  }

  /// See `Kernels.normalize`.
  void normalize(
      ThreadPool pool, Tensor yTo, Tensor matrix, Tensor mean, Tensor variance, double eps) {
    over(matrix);
    prepare(mean, variance, eps);
    y = yTo.floats();
    yAt = yTo.offset();
    call = Call.NORMALIZE;
    Split.run(pool, this, chunks());
  }

  /// See `Kernels.normalizeBackward`.
  void normalizeBackward(
      ThreadPool pool,
      Tensor gx,
      Tensor gy,
      Tensor matrix,
      Tensor mean,
      Tensor variance,
      double eps) {
    over(matrix);
    prepare(mean, variance, eps);
    double m = 1.0 * size / Math.max(1, channels);
    g = gy.floats();
    gAt = gy.offset();
    y = gx.floats();
    yAt = gx.offset();
    total(pool, Call.PRODUCTS);
    for (int j = 0; j < width; j++) {
      slopes[j] = (float) (totals[j % channels] * scales[j] * scales[j] / m);
    }
    sumGradients(pool);
    for (int j = 0; j < width; j++) {
      shifts[j] = (float) (totals[j % channels] / m);
    }
    call = Call.BACKWARD;
    Split.run(pool, this, chunks());
  }

  private void sumGradients(ThreadPool pool) {
    float[] input = x;
    int inputAt = xAt;
    x = g;
    xAt = gAt;
    total(pool, Call.SUMS);
    x = input;
    xAt = inputAt;
  }

  @Override
  void run(int tile) {
    int from = tile * chunk;
    int end = Math.min(size, from + chunk);
    switch (call) {
      case SUMS -> ColumnSums.sums(sums, tile * width, width, x, xAt + from, xAt + end);
      case SQUARES ->
          ColumnSums.squares(sums, tile * width, width, x, xAt + from, xAt + end, means);
      case PRODUCTS ->
          ColumnSums.products(
              sums, tile * width, width, x, xAt + from, xAt + end, means, g, gAt - xAt);
      case NORMALIZE -> scaled(y, yAt + from, x, xAt + from, end - from);
      case BACKWARD -> backward(from, end);
    }
  }

  private void scaled(float[] to, int at, float[] from, int fromAt, int n) {
    for (int row = 0; row < n; row += width) {
      scale(to, at + row, from, fromAt + row, Math.min(width, n - row), means, scales);
    }
  }

  /// One map: its rows first, then the cells and rows around them.
  private void backward(int from, int end) {
    for (int row = from; row < end; row += width) {
      int n = Math.min(width, end - row);
      gradient(y, yAt + row, g, gAt + row, x, xAt + row, n, means, scales, shifts, slopes);
    }
  }

  /// `y = (x - mean) scale`.
  static void scale(float[] y, int yAt, float[] x, int xAt, int n, float[] mean, float[] scale) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xAt + i).sub(load(mean, i)).mul(load(scale, i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = (x[xAt + i] - mean[i]) * scale[i];
    }
  }

  /// `gx = (gy - shift - (x - mean) slope) scale`.
  static void gradient(
      float[] gx,
      int at,
      float[] gy,
      int gyAt,
      float[] x,
      int xAt,
      int n,
      float[] mean,
      float[] scale,
      float[] shift,
      float[] slope) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector d = load(x, xAt + i).sub(load(mean, i)).neg();
      FloatVector h = load(gy, gyAt + i).sub(load(shift, i));
      d.fma(load(slope, i), h).mul(load(scale, i)).intoArray(gx, at + i);
    }
    for (; i < n; i++) {
      float d = mean[i] - x[xAt + i];
      gx[at + i] = Math.fma(d, slope[i], gy[gyAt + i] - shift[i]) * scale[i];
    }
  }

  /// See `Kernels.moveStatistics`; some hundred numbers, so a plain loop.
  static void moveStatistics(
      Tensor runningMean,
      Tensor runningVariance,
      Tensor mean,
      Tensor variance,
      double momentum,
      int m) {
    move(runningMean, mean, momentum, 1);
    move(runningVariance, variance, momentum, m / (m - 1.0));
  }

  private static void move(Tensor running, Tensor batch, double momentum, double factor) {
    float[] r = running.floats();
    float[] b = batch.floats();
    int at = running.offset();
    for (int j = 0; j < running.size(); j++) {
      double moved = momentum * factor * b[batch.offset() + j];
      r[at + j] = (float) ((1 - momentum) * r[at + j] + moved);
    }
  }
}
