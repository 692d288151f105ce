package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/// Losses with their gradients.
///
/// Cross-entropy walks each row while it lies in L1. The others run in chunks of 4096 elements: the
/// loss terms are laid down and summed first (for the logistic loss beside the gradient, which may
/// lie on the targets), then come the gradients. Sums over rows and chunks are made in order, in
/// double.
final class VectorLosses extends TileTask {
  private enum Call {
    CROSS_ENTROPY,
    SQUARED,
    ABSOLUTE,
    LOGISTIC
  }

  private static final int CHUNK = 1 << 12;

  private Call call = Call.SQUARED;
  private float[] g = {};
  private float[] x = {};
  private float[] t = {};
  private int[] labels = {};
  private int gAt;
  private int xAt;
  private int tAt;
  private int labelsAt;
  private int n;
  private int rows;
  private int classes;
  private int chunk;
  private float scale;
  private float smoothing;
  private double[] sums = {};
  private int[] hits = {};

  private void over(Tensor gradient, Tensor input) {
    g = gradient.floats();
    gAt = gradient.offset();
    x = input.floats();
    xAt = input.offset();
    n = input.size();
  }

  /// See `Kernels.crossEntropy`.
  void crossEntropy(
      ThreadPool pool, Tensor figures, Tensor gz, Tensor z, Tensor labelOf, double smooth) {
    over(gz, z);
    labels = labelOf.ints();
    labelsAt = labelOf.offset();
    rows = z.axis(0);
    classes = z.axis(1);
    smoothing = (float) smooth;
    scale = 1f / rows;
    chunk = Split.rows(classes, Split.HEAVY_GRAIN);
    call = Call.CROSS_ENTROPY;
    if (sums.length < rows || hits.length < rows) {
      sums = new double[rows];
      hits = new int[rows];
    }
    Split.run(pool, this, Split.tiles(rows, chunk));
    int right = 0;
    for (int row = 0; row < rows; row++) {
      right += hits[row];
    }
    figures.floats()[figures.offset()] = (float) (total(rows) / rows);
    figures.floats()[figures.offset() + 1] = right;
  }

  /// See `Kernels.squaredError`.
  void squaredError(ThreadPool pool, Tensor loss, Tensor to, Tensor from, Tensor want, double f) {
    run(pool, Call.SQUARED, loss, to, from, want, f);
  }

  /// See `Kernels.absoluteError`.
  void absoluteError(ThreadPool pool, Tensor loss, Tensor to, Tensor from, Tensor want, double f) {
    run(pool, Call.ABSOLUTE, loss, to, from, want, f);
  }

  /// See `Kernels.logisticLoss`.
  void logisticLoss(ThreadPool pool, Tensor loss, Tensor to, Tensor from, Tensor want, double f) {
    run(pool, Call.LOGISTIC, loss, to, from, want, f);
  }

  private void run(
      ThreadPool pool, Call what, Tensor loss, Tensor to, Tensor from, Tensor want, double f) {
    over(to, from);
    t = want.floats();
    tAt = want.offset();
    scale = (float) f;
    call = what;
    int tiles = Split.tiles(n, CHUNK);
    sums = sums.length < tiles ? new double[tiles] : sums;
    Split.run(pool, this, tiles);
    loss.floats()[loss.offset()] = (float) (total(tiles) * f);
  }

  private double total(int count) {
    double total = 0;
    for (int i = 0; i < count; i++) {
      total += sums[i];
    }
    return total;
  }

  @Override
  void run(int tile) {
    if (call == Call.CROSS_ENTROPY) {
      int end = Math.min(rows, (tile + 1) * chunk);
      for (int row = tile * chunk; row < end; row++) {
        row(row);
      }
      return;
    }
    int from = tile * CHUNK;
    int count = Math.min(CHUNK, n - from);
    int to = gAt + from;
    switch (call) {
      case SQUARED -> {
        Combinations.apply(Operation.SUBTRACT, g, to, x, xAt + from, t, tAt + from, count);
        sums[tile] = Lanes.dot(g, to, g, to, count);
        VectorRows.affine(g, to, g, to, count, 2 * scale, 0f);
      }
      case ABSOLUTE -> {
        Combinations.apply(Operation.SUBTRACT, g, to, x, xAt + from, t, tAt + from, count);
        sums[tile] = VectorSums.magnitudes(g, to, count);
        signs(g, to, count, scale);
      }
      default -> {
        float[] terms = Workspace.current().lines(CHUNK); // the gradient may lie on the targets
        logistic(terms, 0, xAt + from, tAt + from, count, true);
        sums[tile] = Lanes.sum(terms, 0, count);
        logistic(g, to, xAt + from, tAt + from, count, false);
      }
    }
  }

  /// Loss and gradient of a row: `gz = (softmax(z) - q) / n`.
  private void row(int row) {
    int from = xAt + row * classes;
    int to = gAt + row * classes;
    int label = labels[labelsAt + row];
    float most = Lanes.max(x, from, classes);
    hits[row] = Lanes.indexOf(most, x, from, 0, classes) == label ? 1 : 0;
    double wanted = (double) x[from + label] - most;
    double even = smoothing == 0 ? 0 : (double) Lanes.sum(x, from, classes) / classes - most;
    VectorRows.exponentials(g, to, x, from, classes, most, 1f);
    float sum = Lanes.sum(g, to, classes);
    sums[row] = StrictMath.log(sum) - (1.0 - smoothing) * wanted - smoothing * even;
    float share = smoothing / classes;
    VectorRows.affine(g, to, g, to, classes, scale / sum, -share * scale);
    // The label's own share of q is taken off before the division by n, as all others' is.
    g[to + label] -= (1f - smoothing) * scale;
  }

  private static void signs(float[] g, int at, int n, float scale) {
    for (int i = 0; i < n; i++) {
      float d = g[at + i];
      g[at + i] = d > 0 ? scale : d < 0 ? -scale : d * scale;
    }
  }

  /// Loss terms or gradients of a run of any length.
  private void logistic(float[] out, int to, int from, int want, int count, boolean terms) {
    int whole = FLOATS.loopBound(count);
    logistic(out, to, x, from, t, want, whole, terms);
    if (whole < count) {
      float[] tail = Workspace.current().tail();
      System.arraycopy(x, from + whole, tail, LANES, count - whole);
      System.arraycopy(t, want + whole, tail, 2 * LANES, count - whole);
      logistic(tail, 0, tail, LANES, tail, 2 * LANES, LANES, terms);
      System.arraycopy(tail, 0, out, to + whole, count - whole);
    }
  }

  private void logistic(
      float[] to, int at, float[] from, int xAt, float[] want, int tAt, int n, boolean terms) {
    if (terms) {
      logisticTerms(to, at, from, xAt, want, tAt, n);
    } else {
      logisticGradients(to, at, from, xAt, want, tAt, n, scale);
    }
  }

  /// `max(x, 0) - x t + ln(1 + exp(-|x|))`.
  private static void logisticTerms(
      float[] g, int at, float[] x, int xAt, float[] t, int tAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xAt + i);
      FloatVector soft = VectorMath.positive(v).add(VectorMath.softplusRest(v));
      v.neg().fma(load(t, tAt + i), soft).intoArray(g, at + i);
    }
  }

  private static void logisticGradients(
      float[] g, int at, float[] x, int xAt, float[] t, int tAt, int n, float scale) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector d = VectorMath.sigmoid(load(x, xAt + i)).sub(load(t, tAt + i));
      d.mul(scale).intoArray(g, at + i);
    }
  }
}
