package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Activation.Kind;
import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Competition.Form;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `Kernels.compete`: softmax, winner, signs, `c = Σ y u` and statistics of every row of u.
///
/// About 30 flops and 8 bytes per element. A row is walked while it lies in L1: maximum,
/// exponentials, their sum, then one loop that makes y, c and the statistics; the winner and the
/// neuron of rank K are put right afterwards, two scalars each. Sums over rows run in chunks that
/// follow from the shape, each with figures of its own; the chunks are added in order, in double.
final class VectorCompetition extends TileTask {
  /// Figures of a neuron in a chunk: c and the four of `wins`.
  private static final int FIGURES = 5;

  private static final Activation RELU = Activation.of(Kind.RELU);
  private static final Activation REPU = new Activation(Kind.REPU, 15);
  private static final Activation SIGMOID = Activation.of(Kind.SIGMOID);
  private static final Activation TANH = Activation.of(Kind.TANH);

  private float[] y = {};
  private float[] u = {};
  private float[] figures = {};
  private double[] totals = {};
  private int yAt;
  private int uAt;
  private int rows;
  private int neurons;
  private int groups;
  private int chunk;
  private Competition how = Competition.of(Form.HARD, 1);

  /// See `Kernels.compete`.
  void compete(
      ThreadPool pool,
      Tensor yTo,
      Tensor c,
      Tensor wins,
      Tensor uFrom,
      Competition competition,
      int groupCount) {
    y = yTo.floats();
    yAt = yTo.offset();
    u = uFrom.floats();
    uAt = uFrom.offset();
    neurons = uFrom.axis(-1);
    rows = uFrom.shape().rows();
    groups = groupCount;
    how = competition;
    chunk = Split.chunk(neurons, Split.HEAVY_GRAIN);
    int tiles = Split.tiles(rows, chunk);
    int size = tiles * FIGURES * neurons;
    figures = figures.length < size ? new float[size] : figures;
    Arrays.fill(figures, 0, size, 0f);
    Split.run(pool, this, tiles);
    addChunks(tiles);
    for (int j = 0; j < neurons; j++) {
      c.floats()[c.offset() + j] = (float) totals[j];
    }
    addTo(wins.floats(), wins.offset());
  }

  private void addChunks(int tiles) {
    int width = FIGURES * neurons;
    totals = totals.length < width ? new double[width] : totals;
    Arrays.fill(totals, 0, width, 0d);
    for (int tile = 0; tile < tiles; tile++) {
      for (int j = 0; j < width; j++) {
        totals[j] += figures[tile * width + j];
      }
    }
  }

  private void addTo(float[] wins, int at) {
    for (int j = 0; j < 4 * neurons; j++) {
      wins[at + j] = (float) (wins[at + j] + totals[neurons + j]);
    }
  }

  @Override
  void run(int tile) {
    int width = neurons / groups;
    int end = Math.min(rows, (tile + 1) * chunk);
    for (int row = tile * chunk; row < end; row++) {
      for (int g = 0; g < groups; g++) {
        row(row * neurons + g * width, tile * FIGURES * neurons + g * width, width);
      }
    }
  }

  /// One row of one group; `at` counts from the begin of u and y, `f` is the place of its figures.
  private void row(int at, int f, int width) {
    float most = Lanes.max(u, uAt + at, width);
    int win = Math.max(0, Lanes.indexOf(most, u, uAt + at, 0, width));
    int ranked = how.rank() == 1 ? win : ranked(at, width, most, win);
    switch (how.form()) {
      case HARD, HARD_ANTI_SUBTRACT, HARD_ANTI_SET -> hard(at, f, width, win, ranked);
      case SOFT, SOFT_ANTI, SOFT_ANTI_SCALED, SOFT_ANTI_SET ->
          soft(at, f, width, win, ranked, most);
    }
  }

  /// The neuron of rank K: equal ones are ranked by their index.
  private int ranked(int at, int width, float most, int win) {
    float value = most;
    int place = win;
    for (int k = 1; k < how.rank(); k++) {
      int next = Lanes.indexOf(value, u, uAt + at, place + 1, width);
      if (next < 0) {
        value = Lanes.maxBelow(value, u, uAt + at, width);
        next = Math.max(0, Lanes.indexOf(value, u, uAt + at, 0, width));
      }
      place = next;
    }
    return place;
  }

  private void hard(int at, int f, int width, int win, int ranked) {
    Arrays.fill(y, yAt + at, yAt + at + width, 0f);
    y[yAt + at + win] = 1f;
    float delta = (float) how.delta();
    if (how.form() == Form.HARD_ANTI_SUBTRACT) {
      y[yAt + at + ranked] -= delta;
    } else if (how.form() == Form.HARD_ANTI_SET) {
      y[yAt + at + ranked] = -delta;
    }
    addToC(at, f, win);
    if (ranked != win) {
      addToC(at, f, ranked);
    }
    figures[f + neurons + win] += 1f;
    figures[f + 2 * neurons + ranked] += 1f;
    figures[f + 3 * neurons + win] += Math.abs(y[yAt + at + win]);
  }

  private void addToC(int at, int f, int neuron) {
    figures[f + neuron] = Math.fma(y[yAt + at + neuron], u[uAt + at + neuron], figures[f + neuron]);
  }

  private void soft(int at, int f, int width, int win, int ranked, float most) {
    respond(at, width, most);
    float sum = Lanes.sum(y, yAt + at, width);
    float share = sum == 0 ? 0f : 1f / sum;
    float sign = how.form() == Form.SOFT_ANTI ? -1f : 1f;
    float winC = figures[f + win];
    float rankedC = figures[f + ranked];
    spread(y, yAt + at, u, uAt + at, figures, f, f + neurons, width, share, sign);
    float rankedS = sign * y[yAt + at + ranked];
    float delta = (float) how.delta();
    switch (how.form()) {
      case SOFT_ANTI -> replace(at, f, win, -y[yAt + at + win], winC);
      case SOFT_ANTI_SCALED -> replace(at, f, ranked, -delta * rankedS, rankedC);
      case SOFT_ANTI_SET -> replace(at, f, ranked, -delta, rankedC);
      default -> {}
    }
    figures[f + 2 * neurons + ranked] += 1f;
    figures[f + 3 * neurons + win] += Math.abs(y[yAt + at + win]);
    figures[f + 4 * neurons + ranked] += rankedS;
  }

  /// `y = f(u)`, not yet divided by its sum.
  private void respond(int at, int width, float most) {
    int to = yAt + at;
    int from = uAt + at;
    switch (how.function()) {
      case EXP ->
          VectorRows.exponentials(y, to, u, from, width, most, (float) how.inverseTemperature());
      case RELU -> relative(to, from, width, most, RELU);
      case SIGMOID -> VectorActivations.apply(SIGMOID, y, to, u, from, width, 0f);
      case REPU -> relative(to, from, width, most, REPU);
      case TANH -> VectorActivations.apply(TANH, y, to, u, from, width, 0f);
    }
  }

  /// `y = max(0, u / most)^p`: S does not change with the scale of u, and so nothing under- or
  /// overflows.
  private void relative(int to, int from, int width, float most, Activation f) {
    if (most > 0) {
      Combinations.apply(Operation.DIVIDE, y, to, u, from, most, width);
      VectorActivations.apply(f, y, to, y, to, width, 0f);
    } else {
      VectorActivations.apply(RELU, y, to, u, from, width, 0f);
    }
  }

  /// `s = share y` is counted, `y = sign s`, `c = c + y u`, in one pass.
  private static void spread(
      float[] y,
      int yAt,
      float[] u,
      int uAt,
      float[] f,
      int c,
      int s,
      int n,
      float share,
      float sign) {
    FloatVector shares = FloatVector.broadcast(FLOATS, share);
    FloatVector signs = FloatVector.broadcast(FLOATS, sign);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector soft = load(y, yAt + i).mul(shares);
      load(f, s + i).add(soft).intoArray(f, s + i);
      FloatVector signed = soft.mul(signs);
      signed.intoArray(y, yAt + i);
      signed.fma(load(u, uAt + i), load(f, c + i)).intoArray(f, c + i);
    }
    if (i < n) {
      int left = n - i;
      FloatVector soft = Lanes.load(y, yAt + i, left).mul(shares);
      Lanes.store(Lanes.load(f, s + i, left).add(soft), f, s + i, left);
      FloatVector signed = soft.mul(signs);
      Lanes.store(signed, y, yAt + i, left);
      FloatVector before = Lanes.load(f, c + i, left);
      Lanes.store(signed.fma(Lanes.load(u, uAt + i, left), before), f, c + i, left);
    }
  }

  /// Gives one neuron another response; `before` is its c before this row.
  private void replace(int at, int f, int neuron, float value, float before) {
    y[yAt + at + neuron] = value;
    figures[f + neuron] = before;
    addToC(at, f, neuron);
  }
}
