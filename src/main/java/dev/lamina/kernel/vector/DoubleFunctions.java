package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamina.kernel.Function;
import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.DoubleVector;

/// `Kernels.map` in double, for the functions that measures need: one loop per function, as in
/// `VectorFunctions`. 16 bytes and 1 to 40 flops per element.
final class DoubleFunctions extends TileTask {
  /// Elements of a tile: some 10 µs of exponentials.
  private static final int GRAIN = Split.HEAVY_GRAIN / 2;

  private final double[] end = new double[DOUBLE_LANES];
  private Function function = Function.ABS;
  private double[] y = {};
  private double[] x = {};
  private int yAt;
  private int xAt;
  private int n;

  /// Whether `map` has a form here; the others are the reference's.
  static boolean has(Function f) {
    return switch (f) {
      case EXP, EXPM1, SQRT, ABS, SIGN, SQUARE, RECIPROCAL, NEGATE -> true;
      case LOG, LOG1P, TANH, ERF -> false;
    };
  }

  /// See `Kernels.map`.
  void map(ThreadPool pool, Tensor to, Tensor from, Function f) {
    function = f;
    y = to.doubles();
    yAt = to.offset();
    x = from.doubles();
    xAt = from.offset();
    n = to.size();
    Split.run(pool, this, Split.tiles(n, GRAIN));
  }

  @Override
  void run(int tile) {
    int from = tile * GRAIN;
    int count = Math.min(GRAIN, n - from);
    int whole = DOUBLES.loopBound(count);
    whole(y, yAt + from, x, xAt + from, whole);
    if (whole < count) {
      double[] scratch = Workspace.current().doubles.functions.end;
      System.arraycopy(x, xAt + from + whole, scratch, 0, count - whole);
      whole(scratch, 0, scratch, 0, DOUBLE_LANES);
      System.arraycopy(scratch, 0, y, yAt + from + whole, count - whole);
    }
  }

  /// Whole vectors only: a tail in the loop would halve what C2 inlines.
  private void whole(double[] to, int at, double[] from, int fromAt, int count) {
    switch (function) {
      case EXP -> exp(to, at, from, fromAt, count);
      case EXPM1 -> expm1(to, at, from, fromAt, count);
      case SQRT -> sqrt(to, at, from, fromAt, count);
      case ABS -> abs(to, at, from, fromAt, count);
      case SIGN -> sign(to, at, from, fromAt, count);
      case SQUARE -> square(to, at, from, fromAt, count);
      case RECIPROCAL -> reciprocal(to, at, from, fromAt, count);
      case NEGATE -> negate(to, at, from, fromAt, count);
      case LOG, LOG1P, TANH, ERF -> throw new IllegalStateException(function + " in double");
    }
  }

  private static void exp(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleMath.exp(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void expm1(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleMath.expm1(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void sqrt(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      load(x, xAt + i).sqrt().intoArray(y, yAt + i);
    }
  }

  private static void abs(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      load(x, xAt + i).abs().intoArray(y, yAt + i);
    }
  }

  private static void sign(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector v = load(x, xAt + i);
      v.blend(1d, v.compare(GT, 0d)).blend(-1d, v.compare(LT, 0d)).intoArray(y, yAt + i);
    }
  }

  private static void square(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector v = load(x, xAt + i);
      v.mul(v).intoArray(y, yAt + i);
    }
  }

  private static void reciprocal(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      DoubleVector.broadcast(DOUBLES, 1d).div(load(x, xAt + i)).intoArray(y, yAt + i);
    }
  }

  private static void negate(double[] y, int yAt, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += DOUBLE_LANES) {
      load(x, xAt + i).neg().intoArray(y, yAt + i);
    }
  }
}
