package dev.lamina.kernel.vector;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Reduction;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// `Kernels.reduce`: every line of numbers along the axis is reduced as a row.
///
/// Lines along the last axis are rows as they lie; others are first gathered, sixteen neighbours at
/// a time. 4 bytes per element and pass; two passes for variances, maxima and log-sum-exp. Sums run
/// in pieces of 512 by `Lanes`, and the pieces are added in order, in double.
final class VectorReductions extends TileTask {
  private static final int NEIGHBOURS = 16;
  private static final Activation CUBE = new Activation(Activation.Kind.REPU, 3);

  private Reduction operation = Reduction.SUM;
  private float[] x = {};
  private Tensor out = Tensor.zeros(DType.F32, 0);
  private int xAt;
  private int lines;
  private int length;
  private int inner;
  private int chunk;

  /// See `Kernels.reduce`.
  void reduce(ThreadPool pool, Tensor to, Reduction op, Tensor from, int axis) {
    int rank = from.shape().rank();
    int at = axis < 0 ? rank + axis : axis;
    operation = op;
    out = to;
    x = from.floats();
    xAt = from.offset();
    length = from.axis(at);
    inner = from.shape().span(at + 1, rank);
    lines = to.size();
    chunk = inner == 1 ? Split.rows(length, Split.HEAVY_GRAIN) : NEIGHBOURS;
    int blocks = inner == 0 ? 0 : lines / inner * Split.tiles(inner, chunk);
    Split.run(pool, this, inner == 1 ? Split.tiles(lines, chunk) : blocks);
  }

  @Override
  void run(int tile) {
    if (inner == 1) {
      int end = Math.min(lines, (tile + 1) * chunk);
      for (int line = tile * chunk; line < end; line++) {
        out.set(line, line(x, xAt + line * length));
      }
      return;
    }
    int blocks = Split.tiles(inner, NEIGHBOURS);
    int outer = tile / blocks;
    int first = tile % blocks * NEIGHBOURS;
    int count = Math.min(NEIGHBOURS, inner - first);
    float[] gathered = Workspace.current().lines(count * length);
    for (int k = 0; k < length; k++) {
      int from = xAt + (outer * length + k) * inner + first;
      for (int i = 0; i < count; i++) {
        gathered[i * length + k] = x[from + i];
      }
    }
    for (int i = 0; i < count; i++) {
      out.set(outer * inner + first + i, line(gathered, i * length));
    }
  }

  private double line(float[] a, int at) {
    int m = length;
    return switch (operation) {
      case SUM -> sum(a, at);
      case MEAN -> sum(a, at) / m;
      case VARIANCE -> squares(a, at, sum(a, at) / m) / m;
      case UNBIASED_VARIANCE -> squares(a, at, sum(a, at) / m) / (m - 1);
      case UNBIASED_DEVIATION -> Math.sqrt(squares(a, at, sum(a, at) / m) / (m - 1));
      case MAX -> hasNaN(a, at) ? Double.NaN : Lanes.max(a, at, m);
      case MIN -> hasNaN(a, at) ? Double.NaN : Lanes.min(a, at, m);
      case ABSOLUTE_MAX -> Float.intBitsToFloat(VectorPlasticity.magnitude(a, at, m));
      case ARGMAX -> Math.max(0, Lanes.indexOf(Lanes.max(a, at, m), a, at, 0, m));
      case ARGMIN -> Math.max(0, Lanes.indexOf(Lanes.min(a, at, m), a, at, 0, m));
      case NORM_1 -> VectorSums.magnitudes(a, at, m);
      case NORM_2 -> Math.sqrt(squares(a, at, 0));
      case NORM_3 -> StrictMath.cbrt(VectorSums.powers(a, at, m, CUBE));
      case LOG_SUM_EXP -> logSumExp(a, at);
      case PRODUCT -> product(a, at);
    };
  }

  private boolean hasNaN(float[] a, int at) {
    return Float.isNaN(Float.intBitsToFloat(VectorPlasticity.magnitude(a, at, length)));
  }

  private double sum(float[] a, int at) {
    double sum = 0;
    for (int i = 0; i < length; i += Workspace.PIECE) {
      sum += Lanes.sum(a, at + i, Math.min(Workspace.PIECE, length - i));
    }
    return sum;
  }

  /// `Σ (a[i] - mean)²`.
  private double squares(float[] a, int at, double mean) {
    float[] piece = Workspace.current().piece();
    double sum = 0;
    for (int i = 0; i < length; i += Workspace.PIECE) {
      int count = Math.min(Workspace.PIECE, length - i);
      VectorRows.affine(piece, 0, a, at + i, count, 1f, (float) -mean);
      sum += Lanes.dot(piece, 0, piece, 0, count);
    }
    return sum;
  }

  /// The maximum is subtracted first; a line of -∞ gives -∞. In double: near 0 the result is a
  /// small difference of large numbers.
  private double logSumExp(float[] a, int at) {
    float most = Lanes.max(a, at, length);
    if (Float.isInfinite(most)) {
      return hasNaN(a, at) ? Double.NaN : most;
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += StrictMath.exp((double) a[at + i] - most);
    }
    return most + StrictMath.log(sum);
  }

  private double product(float[] a, int at) {
    double product = 1;
    for (int i = 0; i < length; i++) {
      product *= a[at + i];
    }
    return product;
  }

  /// See `Kernels.cumulativeSum`: one running sum in double per line, a chain that cannot be split.
  static void cumulativeSum(Tensor to, Tensor from, int axis) {
    int rank = from.shape().rank();
    int at = axis < 0 ? rank + axis : axis;
    int inner = from.shape().span(at + 1, rank);
    int length = from.axis(at);
    float[] y = to.floats();
    float[] x = from.floats();
    for (int line = 0; line < from.size() / Math.max(1, length); line++) {
      int first = line / inner * length * inner + line % inner;
      double sum = 0;
      for (int k = 0; k < length; k++) {
        sum += x[from.offset() + first + k * inner];
        y[to.offset() + first + k * inner] = (float) sum;
      }
    }
  }
}
