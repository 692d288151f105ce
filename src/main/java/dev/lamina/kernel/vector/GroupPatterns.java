package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

/// What one thread needs for the groups of one sample: a value per group as a pattern over the
/// channels, and sums over groups.
///
/// The pattern is as wide as `ColumnSums` walks a row: the channels, or sixteen times few of them.
final class GroupPatterns {
  float[] means = {};
  float[] scales = {};
  float[] shifts = {};
  float[] slopes = {};

  /// A value for each group.
  float[] values = {};

  /// The last sums, one for each group.
  double[] totals = {};

  private float[] sums = {};
  private double[] columns = {};
  private int channels;
  private int groups;
  private int width;

  /// Makes room for samples of so many channels in so many groups.
  GroupPatterns of(int newChannels, int newGroups) {
    channels = newChannels;
    groups = newGroups;
    width = ColumnSums.width(channels);
    if (means.length < width) {
      means = new float[width];
      scales = new float[width];
      shifts = new float[width];
      slopes = new float[width];
      columns = new double[width];
      values = new float[width];
      totals = new double[width];
    }
    return this;
  }

  /// Repeats each of the values at `v` over the channels of its group.
  void spread(float[] pattern, float[] v, int at) {
    int wide = channels / groups;
    for (int j = 0; j < width; j++) {
      pattern[j] = v[at + j % channels / wide];
    }
  }

  private boolean isRow(int sample) {
    return sample == channels;
  }

  /// `totals = Σ a` over each group of the sample at `from`.
  void sums(float[] a, int from, int sample) {
    if (isRow(sample)) {
      sumRuns(a, from);
      return;
    }
    int chunk = chunk();
    for (int i = 0; i < chunks(sample); i++) {
      int at = from + i * chunk;
      ColumnSums.sums(sums, i * width, width, a, at, Math.min(from + sample, at + chunk));
    }
    total(sample);
  }

  /// `totals = Σ (x - mean)` over each group, by the pattern `means`.
  void differences(float[] x, int from, int sample) {
    if (isRow(sample)) {
      sumRuns(centred(x, from), 0);
      return;
    }
    int chunk = chunk();
    for (int i = 0; i < chunks(sample); i++) {
      int at = from + i * chunk;
      int end = Math.min(from + sample, at + chunk);
      ColumnSums.differences(sums, i * width, width, x, at, end, means);
    }
    total(sample);
  }

  private void sumRuns(float[] a, int from) {
    int wide = channels / groups;
    for (int i = 0; i < groups; i++) {
      totals[i] = Lanes.sum(a, from + i * wide, wide);
    }
  }

  /// `totals = Σ (x - mean)²` over each group, by the pattern `means`.
  void squares(float[] x, int from, int sample) {
    if (isRow(sample)) {
      float[] centred = centred(x, from);
      int wide = channels / groups;
      for (int i = 0; i < groups; i++) {
        totals[i] = Lanes.dot(centred, i * wide, centred, i * wide, wide);
      }
      return;
    }
    int chunk = chunk();
    for (int i = 0; i < chunks(sample); i++) {
      int at = from + i * chunk;
      int end = Math.min(from + sample, at + chunk);
      ColumnSums.squares(sums, i * width, width, x, at, end, means);
    }
    total(sample);
  }

  /// `totals = Σ g (x - mean)` over each group, by the pattern `means`.
  void products(float[] x, int from, float[] g, int gAt, int sample) {
    if (isRow(sample)) {
      float[] centred = centred(x, from);
      int wide = channels / groups;
      for (int i = 0; i < groups; i++) {
        totals[i] = Lanes.dot(g, gAt + i * wide, centred, i * wide, wide);
      }
      return;
    }
    int chunk = chunk();
    for (int i = 0; i < chunks(sample); i++) {
      int at = from + i * chunk;
      int end = Math.min(from + sample, at + chunk);
      ColumnSums.products(sums, i * width, width, x, at, end, means, g, gAt - from);
    }
    total(sample);
  }

  private int chunk() {
    return Split.chunk(width, Split.GRAIN) * width;
  }

  /// The number of chains that a sample is cut into; makes room for their sums.
  private int chunks(int sample) {
    int chunks = Split.tiles(sample, chunk());
    sums = sums.length < chunks * width ? new float[chunks * width] : sums;
    return chunks;
  }

  private void total(int sample) {
    ColumnSums.total(columns, channels, sums, width, chunks(sample));
    int wide = channels / groups;
    for (int i = 0; i < groups; i++) {
      double sum = 0;
      for (int j = i * wide; j < (i + 1) * wide; j++) {
        sum += columns[j];
      }
      totals[i] = sum;
    }
  }

  /// `x - mean` of a sample without positions, in the memory of the sums.
  private float[] centred(float[] x, int from) {
    sums = sums.length < channels ? new float[channels] : sums;
    int j = 0;
    for (; j <= channels - LANES; j += LANES) {
      load(x, from + j).sub(load(means, j)).intoArray(sums, j);
    }
    for (; j < channels; j++) {
      sums[j] = x[from + j] - means[j];
    }
    return sums;
  }

  /// `y = (x - mean) scale` over the sample.
  void scale(float[] y, int yAt, float[] x, int xAt, int sample) {
    for (int row = 0; row < sample; row += width) {
      int n = Math.min(width, sample - row);
      VectorNormalization.scale(y, yAt + row, x, xAt + row, n, means, scales);
    }
  }

  /// `gx = (g - shift - (x - mean) slope) scale` over the sample.
  void gradient(float[] gx, int at, float[] g, int gAt, float[] x, int xAt, int sample) {
    for (int row = 0; row < sample; row += width) {
      int n = Math.min(width, sample - row);
      VectorNormalization.gradient(
          gx, at + row, g, gAt + row, x, xAt + row, n, means, scales, shifts, slopes);
    }
  }
}
