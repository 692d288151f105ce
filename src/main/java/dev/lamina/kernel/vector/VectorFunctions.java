package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Function;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// `Kernels.map` and `signedPower`: one loop per function, since a vector must not cross a call
/// that the compiler does not inline. 8 bytes and 1 to 60 flops per element.
final class VectorFunctions extends TileTask {
  private float[] y = {};
  private float[] x = {};
  private int yAt;
  private int xAt;
  private int n;
  private boolean powers;
  private float power;
  private Function function = Function.ABS;

  /// See `Kernels.map`.
  void map(ThreadPool pool, Tensor to, Tensor from, Function f) {
    powers = false;
    function = f;
    run(pool, to, from);
  }

  /// See `Kernels.signedPower`.
  void signedPower(ThreadPool pool, Tensor to, Tensor from, double p) {
    powers = true;
    power = (float) p;
    run(pool, to, from);
  }

  private void run(ThreadPool pool, Tensor to, Tensor from) {
    y = to.floats();
    yAt = to.offset();
    x = from.floats();
    xAt = from.offset();
    n = to.size();
    Split.run(pool, this, Split.tiles(n, Split.HEAVY_GRAIN));
  }

  @Override
  void run(int tile) {
    int from = tile * Split.HEAVY_GRAIN;
    int count = Math.min(Split.HEAVY_GRAIN, n - from);
    if (!powers) {
      map(function, y, yAt + from, x, xAt + from, count);
    } else if (power == 1) {
      System.arraycopy(x, xAt + from, y, yAt + from, count);
    } else {
      signedPower(y, yAt + from, x, xAt + from, count, power);
    }
  }

  private static void map(Function f, float[] y, int yAt, float[] x, int xAt, int n) {
    switch (f) {
      case EXP -> exp(y, yAt, x, xAt, n);
      case EXPM1 -> expm1(y, yAt, x, xAt, n);
      case LOG -> log(y, yAt, x, xAt, n);
      case LOG1P -> log1p(y, yAt, x, xAt, n);
      case TANH -> tanh(y, yAt, x, xAt, n);
      case ERF -> erf(y, yAt, x, xAt, n);
      case SQRT -> sqrt(y, yAt, x, xAt, n);
      case ABS -> abs(y, yAt, x, xAt, n);
      case SIGN -> sign(y, yAt, x, xAt, n);
      case SQUARE -> square(y, yAt, x, xAt, n);
      case RECIPROCAL -> reciprocal(y, yAt, x, xAt, n);
      case NEGATE -> negate(y, yAt, x, xAt, n);
    }
  }

  private static void exp(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.exp(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      VectorMath.exp(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void expm1(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.expm1(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      VectorMath.expm1(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void log(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorLogarithms.log(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      VectorLogarithms.log(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void log1p(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorLogarithms.log1p(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      VectorLogarithms.log1p(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void tanh(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.tanh(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      VectorMath.tanh(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void erf(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMath.erf(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      VectorMath.erf(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void sqrt(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xAt + i).sqrt().intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      Lanes.load(x, xAt + i, n - i).sqrt().intoArray(y, yAt + i, in);
    }
  }

  private static void abs(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xAt + i).abs().intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      Lanes.load(x, xAt + i, n - i).abs().intoArray(y, yAt + i, in);
    }
  }

  private static void sign(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      sign(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      sign(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void square(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      square(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      square(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void reciprocal(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      reciprocal(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      reciprocal(Lanes.load(x, xAt + i, n - i)).intoArray(y, yAt + i, in);
    }
  }

  private static void negate(float[] y, int yAt, float[] x, int xAt, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xAt + i).neg().intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      Lanes.load(x, xAt + i, n - i).neg().intoArray(y, yAt + i, in);
    }
  }

  private static FloatVector sign(FloatVector x) {
    FloatVector one = VectorMath.withSign(FloatVector.broadcast(Simd.FLOATS, 1f), x);
    return x.blend(one, x.compare(VectorOperators.NE, 0f).and(x.compare(VectorOperators.EQ, x)));
  }

  private static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  private static FloatVector reciprocal(FloatVector x) {
    return FloatVector.broadcast(Simd.FLOATS, 1f).div(x);
  }

  private static void signedPower(float[] y, int yAt, float[] x, int xAt, int n, float p) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      signedPower(load(x, xAt + i), p).intoArray(y, yAt + i);
    }
    if (i < n) {
      VectorMask<Float> in = Lanes.first(n - i);
      signedPower(Lanes.load(x, xAt + i, n - i), p).intoArray(y, yAt + i, in);
    }
  }

  private static FloatVector signedPower(FloatVector x, float p) {
    FloatVector m = x.abs();
    return VectorMath.withSign(p == 2 ? m.mul(m) : VectorLogarithms.power(m, p), x);
  }
}
