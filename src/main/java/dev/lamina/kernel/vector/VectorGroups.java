package dev.lamina.kernel.vector;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// Groups of channels within a sample: moments, division by a power of the scale, gradients.
///
/// Bound by memory: two readings for the moments (mean first, then squares around it), one reading
/// and one writing for a division, three readings and one writing for its gradient. One tile is
/// some samples. A dense sample has its groups in runs, which `Lanes` adds up; over the positions
/// of a map channels are added up by `ColumnSums`, the channels of a group in order. Powers are
/// taken of all scales of a batch at once.
final class VectorGroups extends TileTask {
  private enum Call {
    MOMENTS,
    DIVIDE,
    DIVIDE_BACKWARD,
    POWERS_BACKWARD
  }

  private Call call = Call.MOMENTS;
  private float[] y = {};
  private float[] x = {};
  private float[] g = {};
  private float[] mean = {};
  private float[] scale = {};
  private int yAt;
  private int xAt;
  private int gAt;
  private int meanAt;
  private int scaleAt;
  private int samples;
  private int samplesPerTile;
  private int sample;
  private int channels;
  private int groups;
  private int wide;
  private double size;
  private double delta;
  private double power;
  private float[] powers = {};

  private void over(Tensor matrix, Tensor means, Tensor scales) {
    x = matrix.floats();
    xAt = matrix.offset();
    mean = means.floats();
    meanAt = means.offset();
    scale = scales.floats();
    scaleAt = scales.offset();
    samples = matrix.axis(0);
    sample = matrix.size() / Math.max(1, samples);
    samplesPerTile = Split.rows(sample, Split.GRAIN);
    channels = matrix.axis(-1);
    groups = means.axis(1);
    wide = channels / groups;
    size = (double) sample / groups;
  }

  private void run(ThreadPool pool, Call what) {
    call = what;
    Split.run(pool, this, Split.tiles(samples, samplesPerTile));
  }

  private void to(Tensor out) {
    y = out.floats();
    yAt = out.offset();
  }

  private void gradient(Tensor gradient) {
    g = gradient.floats();
    gAt = gradient.offset();
  }

  /// See `MapKernels.groupMoments`.
  void moments(ThreadPool pool, Tensor means, Tensor scales, Tensor matrix, double plus) {
    over(matrix, means, scales);
    delta = plus;
    run(pool, Call.MOMENTS);
  }

  /// See `MapKernels.divideGroups`.
  void divide(ThreadPool pool, Tensor r, Tensor matrix, Tensor means, Tensor scales, double p) {
    over(matrix, means, scales);
    to(r);
    raise(-p);
    run(pool, Call.DIVIDE);
  }

  /// See `MapKernels.divideGroupsBackward`.
  void divideBackward(
      ThreadPool pool, Tensor gx, Tensor gr, Tensor matrix, Tensor means, Tensor scales, double p) {
    over(matrix, means, scales);
    to(gx);
    gradient(gr);
    power = p;
    raise(-p);
    run(pool, Call.DIVIDE_BACKWARD);
  }

  /// See `MapKernels.groupPowersBackward`.
  void powersBackward(
      ThreadPool pool, Tensor gx, Tensor gv, Tensor matrix, Tensor means, Tensor scales, double q) {
    over(matrix, means, scales);
    to(gx);
    gradient(gv);
    power = q;
    raise(q - 1);
    run(pool, Call.POWERS_BACKWARD);
  }

  /// `powers = scale^p`, 0 where the scale is 0.
  private void raise(double p) {
    int n = samples * groups;
    int whole = Split.tiles(n, Lanes.SUMS) * Lanes.SUMS;
    powers = powers.length < whole ? new float[whole] : powers;
    System.arraycopy(scale, scaleAt, powers, 0, n);
    Arrays.fill(powers, n, whole, 1f);
    VectorPowers.raise(powers, 0, powers, 0, whole, (float) p);
    for (int a = 0; a < n; a++) {
      powers[a] = scale[scaleAt + a] == 0 ? 0f : powers[a];
    }
  }

  @Override
  void run(int tile) {
    GroupPatterns patterns = Workspace.current().groupPatterns(channels, groups);
    int end = Math.min(samples, (tile + 1) * samplesPerTile);
    for (int n = tile * samplesPerTile; n < end; n++) {
      switch (call) {
        case MOMENTS -> moments(patterns, n);
        case DIVIDE -> divide(patterns, n);
        case DIVIDE_BACKWARD -> divideBackward(patterns, n);
        case POWERS_BACKWARD -> powersBackward(patterns, n);
      }
    }
  }

  /// The mean is taken from the first element on, so that a constant group has no variance at all.
  private void moments(GroupPatterns p, int n) {
    int from = xAt + n * sample;
    for (int a = 0; a < groups; a++) {
      p.values[a] = x[from + a * wide];
    }
    p.spread(p.means, p.values, 0);
    p.differences(x, from, sample);
    for (int a = 0; a < groups; a++) {
      mean[meanAt + n * groups + a] = (float) (p.values[a] + p.totals[a] / size);
    }
    p.spread(p.means, mean, meanAt + n * groups);
    p.squares(x, from, sample);
    for (int a = 0; a < groups; a++) {
      scale[scaleAt + n * groups + a] = (float) ((delta + p.totals[a]) / size);
    }
  }

  private void divide(GroupPatterns p, int n) {
    p.spread(p.means, mean, meanAt + n * groups);
    p.spread(p.scales, powers, n * groups);
    p.scale(y, yAt + n * sample, x, xAt + n * sample, sample);
  }

  private void divideBackward(GroupPatterns p, int n) {
    int from = xAt + n * sample;
    int gradients = gAt + n * sample;
    p.spread(p.means, mean, meanAt + n * groups);
    p.spread(p.scales, powers, n * groups);
    p.products(x, from, g, gradients, sample);
    for (int a = 0; a < groups; a++) {
      double s = scale[scaleAt + n * groups + a];
      p.values[a] = s == 0 ? 0f : (float) (2 * power / size * p.totals[a] / s);
    }
    p.spread(p.slopes, p.values, 0);
    p.sums(g, gradients, sample);
    for (int a = 0; a < groups; a++) {
      p.values[a] = (float) (p.totals[a] / size);
    }
    p.spread(p.shifts, p.values, 0);
    p.gradient(y, yAt + n * sample, g, gradients, x, from, sample);
  }

  private void powersBackward(GroupPatterns p, int n) {
    p.spread(p.means, mean, meanAt + n * groups);
    for (int a = 0; a < groups; a++) {
      double factor = g[gAt + n * groups + a] * power * powers[n * groups + a];
      p.values[a] = (float) (factor * 2 / size);
    }
    p.spread(p.scales, p.values, 0);
    p.scale(y, yAt + n * sample, x, xAt + n * sample, sample);
  }
}
