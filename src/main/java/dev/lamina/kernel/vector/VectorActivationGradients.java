package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamina.kernel.Activation;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/// `Kernels.activateBackward`: `gx = gy f'(x)`, one loop per function, 12 bytes per element.
///
/// `1 - tanh²` and `σ (1 - σ)` are made of `e = exp(-|..|)`, so that they keep their digits where
/// the function is flat.
final class VectorActivationGradients extends TileTask {
  private static final float NORMAL_PEAK = (float) (1 / StrictMath.sqrt(2 * StrictMath.PI));

  private float[] gx = {};
  private float[] gy = {};
  private float[] x = {};
  private int at;
  private int gyAt;
  private int xAt;
  private int n;
  private int width;
  private int grain;
  private Activation function = Activation.of(Activation.Kind.RELU);

  /// See `Kernels.activateBackward`.
  void activateBackward(ThreadPool pool, Tensor to, Tensor from, Tensor input, Activation f) {
    gx = to.floats();
    at = to.offset();
    gy = from.floats();
    gyAt = from.offset();
    x = input.floats();
    xAt = input.offset();
    n = input.size();
    function = f;
    width = f.kind() == Activation.Kind.TRIANGLE && n > 0 ? input.axis(-1) : 1;
    grain = Split.rows(width, Split.HEAVY_GRAIN) * width;
    Split.run(pool, this, Split.tiles(n, grain));
  }

  @Override
  void run(int tile) {
    int from = tile * grain;
    int count = Math.min(grain, n - from);
    if (function.kind() == Activation.Kind.TRIANGLE) {
      for (int row = from; row < from + count; row += width) {
        float mean = Lanes.sum(x, xAt + row, width) / width;
        powers(row, width, mean);
      }
    } else {
      range(from, count);
    }
  }

  private void range(int from, int count) {
    int to = at + from;
    int g = gyAt + from;
    int in = xAt + from;
    float a = (float) function.parameter();
    float selu = (float) (VectorActivations.SELU_SCALE * VectorActivations.SELU_ALPHA);
    switch (function.kind()) {
      case RELU -> relu(gx, to, gy, g, x, in, count);
      case LEAKY_RELU -> leaky(gx, to, gy, g, x, in, count, a);
      case REPU, TRIANGLE -> powers(from, count, 0f);
      case TANH -> tanh(gx, to, gy, g, x, in, count, a);
      case SIGMOID -> sigmoid(gx, to, gy, g, x, in, count, a);
      case GELU -> gelu(gx, to, gy, g, x, in, count);
      case GELU_TANH -> geluTanh(gx, to, gy, g, x, in, count);
      case ELU -> elu(gx, to, gy, g, x, in, count, a, 1f);
      case SELU -> elu(gx, to, gy, g, x, in, count, selu, (float) VectorActivations.SELU_SCALE);
      case SOFTPLUS -> softplus(gx, to, gy, g, x, in, count, a);
      case EXP -> exp(gx, to, gy, g, x, in, count, a);
    }
  }

  private void powers(int from, int count, float mean) {
    float a = (float) function.parameter();
    power(gx, at + from, gy, gyAt + from, x, xAt + from, count, mean, a);
  }

  private static FloatVector relu(FloatVector x) {
    return FloatVector.zero(FLOATS).blend(1f, x.compare(GT, 0f));
  }

  private static FloatVector leaky(FloatVector x, float a) {
    return FloatVector.broadcast(FLOATS, a).blend(1f, x.compare(GT, 0f));
  }

  /// `a z^(a-1)` above 0, else 0, also where the slope at 0 is infinite.
  private static FloatVector power(FloatVector z, float a) {
    FloatVector slope = VectorLogarithms.power(VectorMath.positive(z), a - 1).mul(a);
    return FloatVector.zero(FLOATS).blend(slope, z.compare(GT, 0f));
  }

  private static FloatVector tanh(FloatVector x, float a) {
    return flat(x.mul(2 * a)).mul(4 * a);
  }

  private static FloatVector sigmoid(FloatVector x, float a) {
    return flat(x.mul(a)).mul(a);
  }

  /// `σ(z) (1 - σ(z))`.
  private static FloatVector flat(FloatVector z) {
    FloatVector e = VectorMath.expFlushed(z.abs().neg());
    FloatVector f = e.add(1f);
    return e.div(f.mul(f));
  }

  private static FloatVector gelu(FloatVector x) {
    FloatVector density = VectorMath.expFlushed(x.mul(x).mul(-0.5f)).mul(NORMAL_PEAK);
    return x.fma(density, VectorActivations.normalShare(x));
  }

  private static FloatVector geluTanh(FloatVector x) {
    FloatVector t = VectorActivations.geluTanhInner(x);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector inner = x.mul(x).mul(3 * VectorActivations.GELU_CUBIC).add(1f);
    FloatVector slope = one.sub(t.mul(t)).mul(inner.mul(VectorActivations.GELU_SLOPE));
    return x.mul(0.5f).fma(slope, t.add(1f).mul(0.5f));
  }

  private static FloatVector elu(FloatVector x, float below, float above) {
    return VectorMath.exp(VectorMath.atMost(x, 0f)).mul(below).blend(above, x.compare(GT, 0f));
  }

  private static FloatVector softplus(FloatVector x, float a) {
    FloatVector z = x.mul(a);
    return VectorMath.sigmoid(z).blend(1f, z.compare(GT, 20f));
  }

  private static FloatVector exp(FloatVector x, float a) {
    return VectorMath.exp(x.mul(a)).mul(a);
  }

  private static void relu(float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(relu(load(x, xAt + i))).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = relu(Lanes.load(x, xAt + i, n - i));
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void leaky(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(leaky(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = leaky(Lanes.load(x, xAt + i, n - i), a);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void power(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float mean, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(power(load(x, xAt + i).sub(mean), a)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = power(Lanes.load(x, xAt + i, n - i).sub(mean), a);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void tanh(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(tanh(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = tanh(Lanes.load(x, xAt + i, n - i), a);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void sigmoid(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(sigmoid(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = sigmoid(Lanes.load(x, xAt + i, n - i), a);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void gelu(float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(gelu(load(x, xAt + i))).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = gelu(Lanes.load(x, xAt + i, n - i));
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void geluTanh(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(geluTanh(load(x, xAt + i))).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = geluTanh(Lanes.load(x, xAt + i, n - i));
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void elu(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a, float above) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(elu(load(x, xAt + i), a, above)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = elu(Lanes.load(x, xAt + i, n - i), a, above);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void softplus(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(softplus(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = softplus(Lanes.load(x, xAt + i, n - i), a);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }

  private static void exp(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(gy, gyAt + i).mul(exp(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = exp(Lanes.load(x, xAt + i, n - i), a);
      Lanes.load(gy, gyAt + i, n - i).mul(d).intoArray(gx, at + i, Lanes.first(n - i));
    }
  }
}
