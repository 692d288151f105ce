package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamina.kernel.Activation;
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
  private static final float ROOT_HALF = (float) StrictMath.sqrt(0.5);

  /// √(2/π) and the cubic coefficient of the tanh approximation of GELU.
  static final float GELU_SLOPE = (float) StrictMath.sqrt(2 / StrictMath.PI);

  static final float GELU_CUBIC = 0.044715f;

  private float[] y = {};
  private float[] x = {};
  private int yAt;
  private int xAt;
  private int n;
  private int width;
  private int grain;
  private Activation function = Activation.of(Activation.Kind.RELU);

  /// See `Kernels.activate`.
  void activate(ThreadPool pool, Tensor yTo, Tensor xFrom, Activation f) {
    y = yTo.floats();
    yAt = yTo.offset();
    x = xFrom.floats();
    xAt = xFrom.offset();
    n = xFrom.size();
    function = f;
    boolean rows = f.kind() == Activation.Kind.TRIANGLE && n > 0;
    width = rows ? xFrom.axis(-1) : 1;
    grain = Split.rows(width, isCheap(f) ? Split.GRAIN : Split.HEAVY_GRAIN) * width;
    Split.run(pool, this, Split.tiles(n, grain));
  }

  private static boolean isCheap(Activation f) {
    return f.kind() == Activation.Kind.RELU || f.kind() == Activation.Kind.LEAKY_RELU;
  }

  @Override
  void run(int tile) {
    int from = tile * grain;
    range(from, Math.min(grain, n - from));
  }

  private void range(int from, int count) {
    int to = yAt + from;
    int at = xAt + from;
    float a = (float) function.parameter();
    switch (function.kind()) {
      case RELU -> relu(y, to, x, at, count);
      case LEAKY_RELU -> leaky(y, to, x, at, count, a);
      case REPU -> power(y, to, x, at, count, 0f, a);
      case TRIANGLE -> triangle(from, count, a);
      case TANH -> tanh(y, to, x, at, count, a);
      case SIGMOID -> sigmoid(y, to, x, at, count, a);
      case GELU -> gelu(y, to, x, at, count);
      case GELU_TANH -> geluTanh(y, to, x, at, count);
      case ELU -> elu(y, to, x, at, count, a, 1f);
      case SELU -> elu(y, to, x, at, count, (float) (SELU_SCALE * SELU_ALPHA), (float) SELU_SCALE);
      case SOFTPLUS -> softplus(y, to, x, at, count, a);
      case EXP -> exp(y, to, x, at, count, a);
    }
  }

  private void triangle(int from, int count, float a) {
    for (int row = from; row < from + count; row += width) {
      float mean = Lanes.sum(x, xAt + row, width) / width;
      power(y, yAt + row, x, xAt + row, width, mean, a);
    }
  }

  /// `y = max(0, x)`; NaN stays.
  static void relu(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.positive(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMath.positive(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static void leaky(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      leaky(load(x, xAt + i), a).intoArray(y, yAt + i);
    }
    if (i < n) {
      leaky(Lanes.load(x, xAt + i, n - i), a).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static FloatVector leaky(FloatVector x, float a) {
    return x.mul(a).blend(x, x.compare(GT, 0f));
  }

  /// `y = max(0, x - mean)^p`; NaN stays.
  static void power(float[] y, int yAt, float[] x, int xAt, int n, float mean, float p) {
    if (p == 1) {
      subtracted(y, yAt, x, xAt, n, mean);
    } else if (p == 2) {
      squared(y, yAt, x, xAt, n, mean);
    } else {
      raised(y, yAt, x, xAt, n, mean, p);
    }
  }

  private static void subtracted(float[] y, int yAt, float[] x, int xAt, int n, float mean) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.positive(load(x, xAt + i).sub(mean)).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i).sub(mean);
      VectorMath.positive(z).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static void squared(float[] y, int yAt, float[] x, int xAt, int n, float mean) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector z = VectorMath.positive(load(x, xAt + i).sub(mean));
      z.mul(z).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = VectorMath.positive(Lanes.load(x, xAt + i, n - i).sub(mean));
      z.mul(z).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static void raised(float[] y, int yAt, float[] x, int xAt, int n, float mean, float p) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      raised(load(x, xAt + i).sub(mean), p).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i).sub(mean);
      raised(z, p).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static FloatVector raised(FloatVector z, float p) {
    return VectorLogarithms.power(VectorMath.positive(z), p);
  }

  /// `y = tanh(a x)`.
  static void tanh(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.tanh(load(x, xAt + i).mul(a)).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i).mul(a);
      VectorMath.tanh(z).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  /// `y = 1 / (1 + exp(-a x))`.
  static void sigmoid(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.sigmoid(load(x, xAt + i).mul(a)).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i).mul(a);
      VectorMath.sigmoid(z).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static void exp(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.exp(load(x, xAt + i).mul(a)).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i).mul(a);
      VectorMath.exp(z).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static void gelu(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      gelu(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      gelu(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static FloatVector gelu(FloatVector x) {
    return x.mul(normalShare(x));
  }

  /// `Φ(x)`, the share of a normal distribution below x.
  static FloatVector normalShare(FloatVector x) {
    return VectorMath.erf(x.mul(ROOT_HALF)).mul(0.5f).add(0.5f);
  }

  private static void geluTanh(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      geluTanh(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      geluTanh(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static FloatVector geluTanh(FloatVector x) {
    return x.mul(0.5f).mul(geluTanhInner(x).add(1f));
  }

  /// `tanh(k (x + 0.044715 x³))`.
  static FloatVector geluTanhInner(FloatVector x) {
    FloatVector cube = x.mul(x).mul(x);
    FloatVector sum = cube.fma(FloatVector.broadcast(FLOATS, GELU_CUBIC), x);
    return VectorMath.tanh(sum.mul(GELU_SLOPE));
  }

  private static void elu(float[] y, int yAt, float[] x, int xAt, int n, float below, float above) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      elu(load(x, xAt + i), below, above).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i);
      elu(z, below, above).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static FloatVector elu(FloatVector x, float below, float above) {
    return VectorMath.expm1(x).mul(below).blend(x.mul(above), x.compare(GT, 0f));
  }

  private static void softplus(float[] y, int yAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      softplus(load(x, xAt + i), a).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector z = Lanes.load(x, xAt + i, n - i);
      softplus(z, a).intoArray(y, yAt + i, Lanes.first(n - i));
    }
  }

  private static FloatVector softplus(FloatVector x, float a) {
    FloatVector z = x.mul(a);
    FloatVector y = softplus(z).div(a);
    return y.blend(x, z.compare(GT, 20f));
  }

  /// `ln(1 + exp(z))`, overflow-free.
  static FloatVector softplus(FloatVector z) {
    FloatVector e = VectorMath.expFlushed(z.abs().neg());
    return VectorLogarithms.log1p(e).add(VectorMath.positive(z));
  }
}
