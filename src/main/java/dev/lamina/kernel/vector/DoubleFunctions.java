package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Function;
import dev.lamina.tensor.Tensor;

/// `Kernels.map` in double, for the functions that measures need. 16 bytes per element, 40 flops
/// for an exponential.
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
    switch (function) {
      case EXP, EXPM1 -> exponentials(from, count);
      default -> plain(y, yAt + from, x, xAt + from, count);
    }
  }

  /// Whole vectors in place, the end in scratch memory: a tail in the loop would halve what C2
  /// inlines.
  private void exponentials(int from, int count) {
    int whole = DOUBLES.loopBound(count);
    exponentials(y, yAt + from, x, xAt + from, whole);
    if (whole < count) {
      double[] scratch = Workspace.current().doubles.functions.end;
      System.arraycopy(x, xAt + from + whole, scratch, 0, count - whole);
      exponentials(scratch, 0, scratch, 0, DOUBLE_LANES);
      System.arraycopy(scratch, 0, y, yAt + from + whole, count - whole);
    }
  }

  private void exponentials(double[] to, int at, double[] from, int fromAt, int count) {
    if (function == Function.EXP) {
      exp(to, at, from, fromAt, count);
    } else {
      expm1(to, at, from, fromAt, count);
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

  /// Exact operations, one by one: they are asked for some numbers per step, and vectors would be
  /// objects until C2 comes.
  private void plain(double[] to, int at, double[] from, int fromAt, int count) {
    for (int i = 0; i < count; i++) {
      double v = from[fromAt + i];
      to[at + i] =
          switch (function) {
            case SQRT -> Math.sqrt(v);
            case ABS -> Math.abs(v);
            case SIGN -> Math.signum(v);
            case SQUARE -> v * v;
            case RECIPROCAL -> 1 / v;
            case NEGATE -> -v;
            default -> throw new IllegalStateException(function + " in double");
          };
    }
  }
}
