package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Activation.Kind;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// `Kernels.activateBackward`: `gx = gy f'(x)`, one loop per function, 12 bytes per element.
///
/// `1 - tanh²` and `σ (1 - σ)` are made of `e = exp(-|..|)`, so that they keep their digits where
/// the function is flat.
final class VectorActivationGradients extends TileTask {
  private static final float SELU_ABOVE = (float) VectorActivations.SELU_SCALE;
  private static final float SELU_BELOW =
      (float) (VectorActivations.SELU_SCALE * VectorActivations.SELU_ALPHA);
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
  private Activation function = Activation.of(Kind.RELU);

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
    width = f.kind() == Kind.TRIANGLE && n > 0 ? input.axis(-1) : 1;
    grain = Split.rows(width, Split.HEAVY_GRAIN) * width;
    Split.run(pool, this, Split.tiles(n, grain));
  }

  @Override
  void run(int tile) {
    int from = tile * grain;
    int end = Math.min(n, from + grain);
    if (function.kind() != Kind.TRIANGLE) {
      range(from, end - from, 0f);
      return;
    }
    for (int row = from; row < end; row += width) {
      range(row, width, Lanes.sum(x, xAt + row, width) / width);
    }
  }

  private void range(int from, int count, float mean) {
    int whole = FLOATS.loopBound(count);
    whole(gx, at + from, gy, gyAt + from, x, xAt + from, whole, mean);
    if (whole < count) {
      int end = from + whole;
      float[] tail = Workspace.current().tail();
      System.arraycopy(gy, gyAt + end, tail, 0, count - whole);
      System.arraycopy(x, xAt + end, tail, LANES, count - whole);
      whole(tail, 0, tail, 0, tail, LANES, LANES, mean);
      System.arraycopy(tail, 0, gx, at + end, count - whole);
    }
  }

  /// Whole vectors: see `VectorActivations` for why the loops have no tail.
  private void whole(
      float[] to, int at, float[] g, int gAt, float[] in, int inAt, int count, float mean) {
    float a = (float) function.parameter();
    switch (function.kind()) {
      case RELU -> relu(to, at, g, gAt, in, inAt, count);
      case LEAKY_RELU -> leaky(to, at, g, gAt, in, inAt, count, a);
      case REPU, TRIANGLE -> power(to, at, g, gAt, in, inAt, count, mean, a);
      case TANH -> tanh(to, at, g, gAt, in, inAt, count, a);
      case SIGMOID -> sigmoid(to, at, g, gAt, in, inAt, count, a);
      case GELU -> gelu(to, at, g, gAt, in, inAt, count);
      case GELU_TANH -> geluTanh(to, at, g, gAt, in, inAt, count);
      case ELU -> elu(to, at, g, gAt, in, inAt, count, a, 1f);
      case SELU -> elu(to, at, g, gAt, in, inAt, count, SELU_BELOW, SELU_ABOVE);
      case SOFTPLUS -> softplus(to, at, g, gAt, in, inAt, count, a);
      case EXP -> exp(to, at, g, gAt, in, inAt, count, a);
    }
  }

  private static FloatVector relu(FloatVector x) {
    return FloatVector.zero(FLOATS).blend(1f, x.compare(GT, 0f));
  }

  private static FloatVector leaky(FloatVector x, float a) {
    return FloatVector.broadcast(FLOATS, a).blend(1f, x.compare(GT, 0f));
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
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(relu(load(x, xAt + i))).intoArray(gx, at + i);
    }
  }

  private static void leaky(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(leaky(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
  }

  /// `gx = gy a z^(a-1)` where `z = x - mean` is above 0, else 0, also where the slope is infinite.
  private static void power(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float mean, float a) {
    float[] turn = Workspace.current().turn();
    for (int from = 0; from < n; from += turn.length) {
      int count = Math.min(turn.length, n - from);
      centred(turn, x, xAt + from, count, mean);
      if (a == 1) {
        Arrays.fill(turn, 0, count, 1f);
      } else {
        VectorPowers.raise(turn, 0, turn, 0, count, a - 1);
      }
      steep(turn, x, xAt + from, count, mean, a);
      Combinations.apply(Operation.MULTIPLY, gx, at + from, gy, gyAt + from, turn, 0, count);
    }
  }

  private static void steep(float[] slopes, float[] x, int xAt, int n, float mean, float a) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector slope = load(slopes, i).mul(a);
      FloatVector z = load(x, xAt + i).sub(mean);
      FloatVector.zero(FLOATS).blend(slope, z.compare(GT, 0f)).intoArray(slopes, i);
    }
  }

  private static void centred(float[] to, float[] x, int xAt, int n, float mean) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.positive(load(x, xAt + i).sub(mean)).intoArray(to, i);
    }
  }

  private static void tanh(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(tanh(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
  }

  private static void sigmoid(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(sigmoid(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
  }

  private static void gelu(float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n) {
    float[] turn = Workspace.current().turn();
    for (int from = 0; from < n; from += turn.length) {
      int count = Math.min(turn.length, n - from);
      VectorErrorFunction.erf(turn, 0, x, xAt + from, count, VectorActivations.ROOT_HALF);
      geluSlopes(turn, x, xAt + from, count);
      Combinations.apply(Operation.MULTIPLY, gx, at + from, gy, gyAt + from, turn, 0, count);
    }
  }

  /// `Φ(x) + x φ(x)` in place of `erf(x / √2)`.
  private static void geluSlopes(float[] turn, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = load(x, xAt + i);
      FloatVector density = VectorMath.expFlushed(v.mul(v).mul(-0.5f)).mul(NORMAL_PEAK);
      v.fma(density, load(turn, i).add(1f).mul(0.5f)).intoArray(turn, i);
    }
  }

  private static void geluTanh(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n) {
    float[] turn = Workspace.current().turn();
    for (int from = 0; from < n; from += turn.length) {
      int count = Math.min(turn.length, n - from);
      VectorActivations.geluTanhInner(turn, x, xAt + from, count);
      geluTanhSlopes(turn, x, xAt + from, count);
      Combinations.apply(Operation.MULTIPLY, gx, at + from, gy, gyAt + from, turn, 0, count);
    }
  }

  private static void geluTanhSlopes(float[] turn, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      geluTanh(load(x, xAt + i), load(turn, i)).intoArray(turn, i);
    }
  }

  /// The derivative of `x (1 + t) / 2`.
  private static FloatVector geluTanh(FloatVector x, FloatVector t) {
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    FloatVector inner = x.mul(x).mul(3 * VectorActivations.GELU_CUBIC).add(1f);
    FloatVector slope = one.sub(t.mul(t)).mul(inner.mul(VectorActivations.GELU_SLOPE));
    return x.mul(0.5f).fma(slope, t.add(1f).mul(0.5f));
  }

  private static void elu(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a, float above) {
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(elu(load(x, xAt + i), a, above)).intoArray(gx, at + i);
    }
  }

  private static void softplus(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(softplus(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
  }

  private static void exp(
      float[] gx, int at, float[] gy, int gyAt, float[] x, int xAt, int n, float a) {
    for (int i = 0; i < n; i += LANES) {
      load(gy, gyAt + i).mul(exp(load(x, xAt + i), a)).intoArray(gx, at + i);
    }
  }
}
