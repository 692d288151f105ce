package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.INTS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.MAX;

import dev.lamina.kernel.Activation;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/// The steps of a plastic weight change, rows of neurons at a time: bound by memory throughout.
///
/// Bytes per weight: `subtractScaledRows` and `addScaledRows` 12, `largest` and `rowNorms` 4.
final class VectorPlasticity extends TileTask {
  private enum Call {
    SUBTRACT,
    LARGEST,
    ADD,
    NORMS
  }

  /// Sign bit off: as ints, magnitudes sort like floats, and NaN above infinity.
  private static final int MAGNITUDE = 0x7FFFFFFF;

  private static final float LEAST = 1e-30f;
  private static final float LEAST_DISTANCE = 1e-10f;

  private Call call = Call.SUBTRACT;
  private float[] delta = {};
  private float[] w = {};
  private float[] v = {};
  private float[] most = {};
  private int deltaAt;
  private int wAt;
  private int vAt;
  private int mostAt;
  private int rows;
  private int width;
  private int chunk;
  private int groupRows;
  private boolean onePerRow;
  private Activation powers = new Activation(Activation.Kind.REPU, 2);
  private Activation ratePower = powers;
  private int[] maxima = {};

  private int over(Tensor weights) {
    w = weights.floats();
    wAt = weights.offset();
    rows = weights.axis(0);
    width = rows == 0 ? 0 : weights.size() / rows;
    chunk = Split.rows(width, Split.GRAIN);
    return Split.tiles(rows, chunk);
  }

  private void perRow(Tensor values) {
    v = values.floats();
    vAt = values.offset();
    onePerRow = values.size() > 1 || rows <= 1;
  }

  /// See `Kernels.subtractScaledRows`.
  void subtractScaledRows(ThreadPool pool, Tensor change, Tensor c, Tensor weights) {
    int tiles = over(weights);
    perRow(c);
    delta = change.floats();
    deltaAt = change.offset();
    call = Call.SUBTRACT;
    Split.run(pool, this, tiles);
  }

  /// See `Kernels.addScaledRows`.
  void addScaledRows(ThreadPool pool, Tensor weights, Tensor eta, Tensor change, Tensor largest) {
    int tiles = over(weights);
    perRow(eta);
    delta = change.floats();
    deltaAt = change.offset();
    most = largest.floats();
    mostAt = largest.offset();
    groupRows = rows / largest.size();
    call = Call.ADD;
    Split.run(pool, this, tiles);
  }

  /// See `Kernels.rowNorms`.
  void rowNorms(ThreadPool pool, Tensor norms, Tensor weights, double power) {
    int tiles = over(weights);
    perRow(norms);
    powers = power(powers, power);
    call = Call.NORMS;
    Split.run(pool, this, tiles);
    if (power == 2) {
      for (int i = 0; i < rows; i++) {
        v[vAt + i] = (float) Math.sqrt(v[vAt + i]);
      }
    } else if (power != 1) {
      Activation root = new Activation(Activation.Kind.REPU, 1 / power);
      VectorActivations.apply(root, v, vAt, v, vAt, rows, 0f);
    }
  }

  /// The power, which hardly ever changes: an update makes no object.
  private static Activation power(Activation kept, double power) {
    return kept.parameter() == power ? kept : new Activation(Activation.Kind.REPU, power);
  }

  /// See `Kernels.largest`.
  void largest(ThreadPool pool, Tensor largest, Tensor change) {
    int tiles = over(change);
    maxima = maxima.length < rows ? new int[rows] : maxima;
    call = Call.LARGEST;
    Split.run(pool, this, tiles);
    groupRows = rows / largest.size();
    for (int g = 0; g < largest.size(); g++) {
      int magnitude = 0;
      for (int row = g * groupRows; row < (g + 1) * groupRows; row++) {
        magnitude = Math.max(magnitude, maxima[row]);
      }
      largest.floats()[largest.offset() + g] = Float.intBitsToFloat(magnitude);
    }
  }

  @Override
  void run(int tile) {
    int end = Math.min(rows, (tile + 1) * chunk);
    for (int row = tile * chunk; row < end; row++) {
      int at = row * width;
      switch (call) {
        case SUBTRACT -> addScaled(delta, deltaAt + at, -value(row), w, wAt + at, width);
        case ADD -> {
          float inverse = 1f / (most[mostAt + row / groupRows] + LEAST);
          add(w, wAt + at, delta, deltaAt + at, width, inverse, value(row));
        }
        case LARGEST -> maxima[row] = magnitude(w, wAt + at, width);
        case NORMS -> v[vAt + row] = VectorSums.powers(w, wAt + at, width, powers);
      }
    }
  }

  private float value(int row) {
    return v[onePerRow ? vAt + row : vAt];
  }

  /// `y = y + a x`. The factor is spread inside the loop: a run shorter than a vector (the two
  /// figures of a loss, once a step) then makes no vector while this is not compiled yet.
  static void addScaled(float[] y, int yAt, float a, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector factor = FloatVector.broadcast(FLOATS, a);
      load(x, xAt + i).fma(factor, load(y, yAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(x[xAt + i], a, y[yAt + i]);
    }
  }

  /// `w = w + (delta inverse) eta`: the product in this order cannot overflow where delta is 0.
  private static void add(
      float[] w, int wAt, float[] delta, int deltaAt, int n, float inverse, float eta) {
    FloatVector factor = FloatVector.broadcast(FLOATS, eta);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector d = load(delta, deltaAt + i).mul(inverse);
      d.fma(factor, load(w, wAt + i)).intoArray(w, wAt + i);
    }
    for (; i < n; i++) {
      w[wAt + i] = Math.fma(delta[deltaAt + i] * inverse, eta, w[wAt + i]);
    }
  }

  /// The bits of the largest magnitude in `a`; those of a NaN if there is one.
  static int magnitude(float[] a, int at, int n) {
    IntVector m = IntVector.zero(INTS);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      m = m.max(load(a, at + i).reinterpretAsInts().and(MAGNITUDE));
    }
    int most = m.reduceLanes(MAX);
    for (; i < n; i++) {
      most = Math.max(most, Float.floatToRawIntBits(a[at + i]) & MAGNITUDE);
    }
    return most;
  }

  /// `eta = rate (|norms - 1| + 1e-10)^power`; see `Kernels.normDependentRate`.
  void normDependentRate(Tensor eta, Tensor norms, double rate, double power) {
    float[] y = eta.floats();
    float[] x = norms.floats();
    int at = eta.offset();
    int n = norms.size();
    for (int i = 0; i < n; i++) {
      y[at + i] = Math.abs(x[norms.offset() + i] - 1f) + LEAST_DISTANCE;
    }
    ratePower = power(ratePower, power);
    VectorActivations.apply(ratePower, y, at, y, at, n, 0f);
    VectorRows.affine(y, at, y, at, n, (float) rate, 0f);
  }
}
