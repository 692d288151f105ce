package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Function;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
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
    if (powers && power == 1) {
      System.arraycopy(x, xAt + from, y, yAt + from, count);
      return;
    }
    int whole = FLOATS.loopBound(count);
    whole(y, yAt + from, x, xAt + from, whole);
    if (whole < count) {
      int end = from + whole;
      float[] tail = Workspace.current().tail();
      System.arraycopy(x, xAt + end, tail, 0, count - whole);
      whole(tail, 0, tail, 0, LANES);
      System.arraycopy(tail, 0, y, yAt + end, count - whole);
    }
  }

  /// Whole vectors: see `VectorActivations` for why the loops have no tail.
  private void whole(float[] to, int at, float[] from, int fromAt, int count) {
    if (powers) {
      signedPower(to, at, from, fromAt, count, power);
    } else {
      map(function, to, at, from, fromAt, count);
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
    for (int i = 0; i < n; i += LANES) {
      VectorMath.exp(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void expm1(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.expm1(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void log(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorLogarithms.log(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void log1p(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorLogarithms.log1p(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void tanh(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.tanh(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void erf(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int from = 0; from < n; from += VectorPowers.TURN) {
      int count = Math.min(VectorPowers.TURN, n - from);
      VectorErrorFunction.erf(y, yAt + from, x, xAt + from, count, 1f);
    }
  }

  private static void sqrt(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      load(x, xAt + i).sqrt().intoArray(y, yAt + i);
    }
  }

  private static void abs(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      load(x, xAt + i).abs().intoArray(y, yAt + i);
    }
  }

  private static void sign(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      sign(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void square(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      square(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void reciprocal(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      reciprocal(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void negate(float[] y, int yAt, float[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      load(x, xAt + i).neg().intoArray(y, yAt + i);
    }
  }

  private static FloatVector sign(FloatVector x) {
    FloatVector one = VectorMath.withSign(FloatVector.broadcast(FLOATS, 1f), x);
    return x.blend(one, x.compare(VectorOperators.NE, 0f).and(x.compare(VectorOperators.EQ, x)));
  }

  private static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  private static FloatVector reciprocal(FloatVector x) {
    return FloatVector.broadcast(FLOATS, 1f).div(x);
  }

  private static void signedPower(float[] y, int yAt, float[] x, int xAt, int n, float p) {
    float[] turn = Workspace.current().turn();
    for (int from = 0; from < n; from += turn.length) {
      int count = Math.min(turn.length, n - from);
      abs(turn, 0, x, xAt + from, count);
      VectorPowers.raise(turn, 0, turn, 0, count, p);
      withSigns(y, yAt + from, x, xAt + from, count, turn);
    }
  }

  private static void withSigns(float[] y, int yAt, float[] x, int xAt, int n, float[] magnitudes) {
    for (int i = 0; i < n; i += LANES) {
      VectorMath.withSign(load(magnitudes, i), load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }
}
