package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/// Element-wise arithmetic in double, bound by memory: 16 or 24 bytes and one or two flops per
/// element.
final class DoubleElements extends TileTask {
  private enum Call {
    AFFINE,
    ADD_SCALED,
    COMBINE,
    COLUMNS,
    ROWS
  }

  private Call call = Call.AFFINE;
  private Operation operation = Operation.ADD;
  private double[] y = {};
  private double[] x = {};
  private double[] v = {};
  private int yAt;
  private int xAt;
  private int vAt;
  private int n;
  private int width;
  private int grain;
  private boolean single;
  private double a;
  private double b;

  private void over(Tensor to, Tensor from, int rowWidth) {
    y = to.doubles();
    yAt = to.offset();
    x = from.doubles();
    xAt = from.offset();
    n = to.size();
    width = Math.max(1, rowWidth);
    grain = Split.rows(width, Split.GRAIN / 2) * width;
  }

  private void second(Tensor other) {
    v = other.doubles();
    vAt = other.offset();
    single = other.size() == 1;
  }

  private void run(ThreadPool pool, Call what) {
    call = what;
    Split.run(pool, this, Split.tiles(n, grain));
  }

  /// See `Kernels.affine`.
  void affine(ThreadPool pool, Tensor to, Tensor from, double factor, double shift) {
    over(to, from, 1);
    a = factor;
    b = shift;
    run(pool, Call.AFFINE);
  }

  /// See `Kernels.addScaled`.
  void addScaled(ThreadPool pool, Tensor to, double factor, Tensor from) {
    over(to, from, 1);
    a = factor;
    run(pool, Call.ADD_SCALED);
  }

  /// See `Kernels.combine`.
  void combine(ThreadPool pool, Tensor to, Tensor first, Tensor other, Operation op) {
    over(to, first, 1);
    second(other);
    operation = op;
    run(pool, Call.COMBINE);
  }

  /// See `Kernels.combineColumns`.
  void combineColumns(ThreadPool pool, Tensor to, Tensor first, Tensor columns, Operation op) {
    over(to, first, first.axis(-1));
    second(columns);
    operation = op;
    run(pool, Call.COLUMNS);
  }

  /// See `Kernels.combineRows`.
  void combineRows(ThreadPool pool, Tensor to, Tensor first, Tensor rows, Operation op) {
    over(to, first, rows.size() == 0 ? 1 : first.size() / rows.size());
    second(rows);
    operation = op;
    run(pool, Call.ROWS);
  }

  @Override
  void run(int tile) {
    int from = tile * grain;
    int end = Math.min(n, from + grain);
    int count = end - from;
    switch (call) {
      case AFFINE -> affine(y, yAt + from, x, xAt + from, count, a, b);
      case ADD_SCALED -> addScaled(y, yAt + from, a, x, xAt + from, count);
      case COMBINE ->
          DoubleCombinations.apply(operation, y, yAt + from, x, xAt + from, v, vAt + from, count);
      case COLUMNS, ROWS -> {
        for (int row = from; row < end; row += width) {
          row(row);
        }
      }
    }
  }

  private void row(int at) {
    int to = yAt + at;
    int from = xAt + at;
    if (call == Call.COLUMNS && !single) {
      DoubleCombinations.apply(operation, y, to, x, from, v, vAt, width);
      return;
    }
    double value = call == Call.COLUMNS ? v[vAt] : v[vAt + at / width];
    if (call == Call.ROWS && operation == Operation.DIVIDE && value == 0) {
      Arrays.fill(y, to, to + width, 0d);
    } else {
      DoubleCombinations.apply(operation, y, to, x, from, value, width);
    }
  }

  /// `y = a x + b`, rounded once.
  static void affine(double[] y, int yAt, double[] x, int xAt, int n, double a, double b) {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, a);
    DoubleVector shift = DoubleVector.broadcast(DOUBLES, b);
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(x, xAt + i).fma(factor, shift).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(x[xAt + i], a, b);
    }
  }

  /// `y = y + a x`.
  static void addScaled(double[] y, int yAt, double a, double[] x, int xAt, int n) {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, a);
    int i = 0;
    for (; i <= n - DOUBLE_LANES; i += DOUBLE_LANES) {
      load(x, xAt + i).fma(factor, load(y, yAt + i)).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = Math.fma(x[xAt + i], a, y[yAt + i]);
    }
  }

  /// See `Kernels.convert`; plain loops.
  static void convert(Tensor to, Tensor from, double scale) {
    double[] out = to.doubles();
    int at = to.offset();
    int start = from.offset();
    int count = to.size();
    switch (from.type()) {
      case F64 -> affine(out, at, from.doubles(), start, count, scale, 0);
      case F32 -> {
        float[] in = from.floats();
        for (int i = 0; i < count; i++) {
          out[at + i] = in[start + i] * scale;
        }
      }
      case I32 -> {
        int[] in = from.ints();
        for (int i = 0; i < count; i++) {
          out[at + i] = in[start + i] * scale;
        }
      }
      case U8 -> {
        byte[] in = from.bytes();
        for (int i = 0; i < count; i++) {
          out[at + i] = (in[start + i] & 0xFF) * scale;
        }
      }
    }
  }

  /// See `Kernels.oneHot`.
  static void oneHot(Tensor y, Tensor labels) {
    double[] out = y.doubles();
    Arrays.fill(out, y.offset(), y.offset() + y.size(), 0d);
    for (int row = 0; row < labels.size(); row++) {
      out[y.offset() + row * y.axis(1) + labels.ints()[labels.offset() + row]] = 1d;
    }
  }

  /// See `Kernels.firstNotFinite`.
  static void firstNotFinite(Tensor found, Tensor x) {
    double[] values = x.doubles();
    int at = x.offset();
    int first = -1;
    for (int i = 0; i < x.size() && first < 0; i++) {
      first = Double.isFinite(values[at + i]) ? -1 : i;
    }
    found.doubles()[found.offset()] = first;
  }
}
