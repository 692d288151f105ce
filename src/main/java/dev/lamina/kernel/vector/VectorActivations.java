package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Activation.Kind;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/// `Kernels.activate`: one loop per function, 8 bytes per element.
///
/// Bound by memory for the ReLU family, by arithmetic (15 to 60 flops) for the others. Powers 1, 2
/// and ½ need no logarithm. The triangle subtracts the mean of its row, summed by sixteen running
/// sums.
final class VectorActivations extends TileTask {
  /// The constants of SELU.
  static final double SELU_SCALE = 1.0507009873554805;

  static final double SELU_ALPHA = 1.6732632423543772;

  /// √½.
  static final float ROOT_HALF = (float) StrictMath.sqrt(0.5);

  /// √(2/π) and the cubic coefficient of the tanh approximation of GELU.
  static final float GELU_SLOPE = (float) StrictMath.sqrt(2 / StrictMath.PI);

  static final float GELU_CUBIC = 0.044715f;

  private static final Activation CENTRE = Activation.of(Kind.TRIANGLE);

  private float[] y = {};
  private float[] x = {};
  private int yAt;
  private int xAt;
  private int n;
  private int width;
  private int grain;
  private Activation function = Activation.of(Kind.RELU);

  /// See `Kernels.activate`.
  void activate(ThreadPool pool, Tensor yTo, Tensor xFrom, Activation f) {
    y = yTo.floats();
    yAt = yTo.offset();
    x = xFrom.floats();
    xAt = xFrom.offset();
    n = xFrom.size();
    function = f;
    boolean rows = f.kind() == Kind.TRIANGLE && n > 0;
    width = rows ? xFrom.axis(-1) : 1;
    grain = Split.rows(width, isCheap(f) ? Split.GRAIN : Split.HEAVY_GRAIN) * width;
    Split.run(pool, this, Split.tiles(n, grain));
  }

  private static boolean isCheap(Activation f) {
    return f.kind() == Kind.RELU || f.kind() == Kind.LEAKY_RELU;
  }

  @Override
  void run(int tile) {
    int from = tile * grain;
    int end = Math.min(n, from + grain);
    if (function.kind() != Kind.TRIANGLE) {
      apply(function, y, yAt + from, x, xAt + from, end - from, 0f);
      return;
    }
    for (int row = from; row < end; row += width) {
      float mean = Lanes.sum(x, xAt + row, width) / width;
      apply(CENTRE, y, yAt + row, x, xAt + row, width, mean);
    }
    if (function.parameter() != 1) {
      apply(function, y, yAt + from, y, yAt + from, end - from, 0f);
    }
  }

  /// `y = f(x - mean)` on a run of any length; only powers have a mean.
  static void apply(Activation f, float[] y, int yAt, float[] x, int xAt, int n, float mean) {
    int whole = FLOATS.loopBound(n);
    whole(f, y, yAt, x, xAt, whole, mean);
    if (whole < n) {
      float[] tail = Workspace.current().tail();
      System.arraycopy(x, xAt + whole, tail, 0, n - whole);
      whole(f, tail, 0, tail, 0, LANES, mean);
      System.arraycopy(tail, 0, y, yAt + whole, n - whole);
    }
  }

  /// The same on whole vectors. One loop per function and no tail in it: with two copies of its
  /// body a power is more than C2 inlines, and its vectors are boxed (10x slower).
  private static void whole(
      Activation f, float[] y, int yAt, float[] x, int xAt, int n, float mean) {
    float a = (float) f.parameter();
    switch (f.kind()) {
      case RELU -> relu(y, yAt, x, xAt, n);
      case LEAKY_RELU -> leaky(y, yAt, x, xAt, n, a);
      case REPU, TRIANGLE -> power(y, yAt, x, xAt, n, mean, a);
      case TANH -> tanh(y, yAt, x, xAt, n, a);
      case SIGMOID -> sigmoid(y, yAt, x, xAt, n, a);
      case GELU -> gelu(y, yAt, x, xAt, n);
      case GELU_TANH -> geluTanh(y, yAt, x, xAt, n);
      case ELU -> elu(y, yAt, x, xAt, n, a, 1f);
      case SELU -> elu(y, yAt, x, xAt, n, (float) (SELU_SCALE * SELU_ALPHA), (float) SELU_SCALE);
      case SOFTPLUS -> softplus(y, yAt, x, xAt, n, a);
      case EXP -> exp(y, yAt, x, xAt, n, a);
    }
  }

  private static void relu(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.positive(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void leaky(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      leaky(load(x, xAt + i), a).intoArray(y, yAt + i);
    }
  }

  private static FloatVector leaky(FloatVector x, float a) {
    return x.mul(a).blend(x, x.compare(GT, 0f));
  }

  /// `y = max(0, x - mean)^p`; NaN stays.
  private static void power(float[] y, int yAt, float[] x, int xAt, int n, float mean, float p) {
    if (p == 2) {
      squared(y, yAt, x, xAt, n, mean);
      return;
    }
    subtracted(y, yAt, x, xAt, n, mean);
    if (p != 1) {
      VectorPowers.raise(y, yAt, y, yAt, n, p);
    }
  }

  private static void subtracted(float[] y, int yAt, float[] x, int xAt, int n, float mean) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.positive(load(x, xAt + i).sub(mean)).intoArray(y, yAt + i);
    }
  }

  private static void squared(float[] y, int yAt, float[] x, int xAt, int n, float mean) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector z = VectorMath.positive(load(x, xAt + i).sub(mean));
      z.mul(z).intoArray(y, yAt + i);
    }
  }

  private static void tanh(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.tanh(load(x, xAt + i).mul(a)).intoArray(y, yAt + i);
    }
  }

  private static void sigmoid(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.sigmoid(load(x, xAt + i).mul(a)).intoArray(y, yAt + i);
    }
  }

  private static void exp(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.exp(load(x, xAt + i).mul(a)).intoArray(y, yAt + i);
    }
  }

  private static void gelu(float[] y, int yAt, float[] x, int xAt, int n) {
    float[] turn = Workspace.current().turn();
    for (int from = 0; from < n; from += turn.length) {
      int count = Math.min(turn.length, n - from);
      VectorErrorFunction.erf(turn, 0, x, xAt + from, count, ROOT_HALF);
      multiplyShares(y, yAt + from, x, xAt + from, count, turn);
    }
  }

  private static void geluTanh(float[] y, int yAt, float[] x, int xAt, int n) {
    float[] turn = Workspace.current().turn();
    for (int from = 0; from < n; from += turn.length) {
      int count = Math.min(turn.length, n - from);
      geluTanhInner(turn, x, xAt + from, count);
      multiplyShares(y, yAt + from, x, xAt + from, count, turn);
    }
  }

  /// `y = x (1 + t) / 2`.
  private static void multiplyShares(float[] y, int yAt, float[] x, int xAt, int n, float[] t) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector share = load(t, i).add(1f).mul(0.5f);
      load(x, xAt + i).mul(share).intoArray(y, yAt + i);
    }
  }

  /// `t = tanh(k (x + 0.044715 x³))`, in two passes: see `VectorPowers`.
  static void geluTanhInner(float[] t, float[] x, int xAt, int n) {
    geluTanhArguments(t, x, xAt, n);
    tanh(t, 0, t, 0, n, 1f);
  }

  private static void geluTanhArguments(float[] t, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xAt + i);
      FloatVector cube = v.mul(v).mul(v);
      cube.fma(FloatVector.broadcast(FLOATS, GELU_CUBIC), v).mul(GELU_SLOPE).intoArray(t, i);
    }
  }

  private static void elu(float[] y, int yAt, float[] x, int xAt, int n, float below, float above) {
    for (int i = 0; i < n; i += LANES) {
      elu(load(x, xAt + i), below, above).intoArray(y, yAt + i);
    }
  }

  private static FloatVector elu(FloatVector x, float below, float above) {
    return VectorMath.expm1(x).mul(below).blend(x.mul(above), x.compare(GT, 0f));
  }

  private static void softplus(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xAt + i);
      FloatVector z = v.mul(a);
      FloatVector sum = VectorMath.positive(z).add(VectorMath.softplusRest(z)).div(a);
      sum.blend(v, z.compare(GT, 20f)).intoArray(y, yAt + i);
    }
  }
}
