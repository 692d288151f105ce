package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Element-wise arithmetic, bound by memory: 8 or 12 bytes and one or two flops per element.
final class VectorElementwise extends TileTask {
  private enum Call {
    FILL,
    AFFINE,
    ADD_SCALED,
    COMBINE,
    COLUMNS,
    ROWS,
    MASK,
    DROP
  }

  /// As many bytes as floats; a vector of four bytes does not exist, 128 bits take the scalar loop.
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));

  private Call call = Call.FILL;
  private Operation operation = Operation.ADD;
  private float[] y = {};
  private float[] x = {};
  private float[] v = {};
  private byte[] mask = {};
  private int yAt;
  private int xAt;
  private int vAt;
  private int maskAt;
  private int n;
  private int width;
  private int grain;
  private boolean single;
  private float a;
  private float b;
  private float[] bounds = {};
  private int boundsAt;

  private void over(Tensor to, Tensor from, int rowWidth) {
    y = to.floats();
    yAt = to.offset();
    x = from.floats();
    xAt = from.offset();
    n = to.size();
    width = Math.max(1, rowWidth);
    grain = Split.rows(width, Split.GRAIN) * width;
  }

  private void second(Tensor other) {
    v = other.floats();
    vAt = other.offset();
    single = other.size() == 1;
  }

  private void run(ThreadPool pool, Call what) {
    call = what;
    Split.run(pool, this, Split.tiles(n, grain));
  }

  /// See `Kernels.fill`.
  void fill(ThreadPool pool, Tensor to, double value) {
    over(to, to, 1);
    a = (float) value;
    run(pool, Call.FILL);
  }

  /// See `Kernels.affine`.
  void affine(ThreadPool pool, Tensor to, Tensor from, double factor, double shift) {
    over(to, from, 1);
    a = (float) factor;
    b = (float) shift;
    run(pool, Call.AFFINE);
  }

  /// See `Kernels.addScaled`.
  void addScaled(ThreadPool pool, Tensor to, double factor, Tensor from) {
    over(to, from, 1);
    a = (float) factor;
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

  /// See `Kernels.mask`.
  void mask(ThreadPool pool, Tensor to, Tensor from, Tensor kept, double scale) {
    over(to, from, 1);
    mask = kept.bytes();
    maskAt = kept.offset();
    a = (float) scale;
    run(pool, Call.MASK);
  }

  /// See `Kernels.dropBelow`; `draws` has the shape of `from`, `p` its leading axes.
  void dropBelow(ThreadPool pool, Tensor to, Tensor from, Tensor draws, Tensor p) {
    over(to, from, p.size() == 0 ? 1 : from.size() / p.size());
    second(draws);
    bounds = p.floats();
    boundsAt = p.offset();
    run(pool, Call.DROP);
  }

  @Override
  void run(int tile) {
    int from = tile * grain;
    int end = Math.min(n, from + grain);
    int count = end - from;
    switch (call) {
      case FILL -> Arrays.fill(y, yAt + from, yAt + end, a);
      case AFFINE -> VectorRows.affine(y, yAt + from, x, xAt + from, count, a, b);
      case ADD_SCALED -> VectorPlasticity.addScaled(y, yAt + from, a, x, xAt + from, count);
      case COMBINE ->
          Combinations.apply(operation, y, yAt + from, x, xAt + from, v, vAt + from, count);
      case MASK -> mask(y, yAt + from, x, xAt + from, mask, maskAt + from, count, a);
      case COLUMNS, ROWS, DROP -> {
        for (int row = from; row < end; row += width) {
          row(row);
        }
      }
    }
  }

  private void row(int at) {
    int to = yAt + at;
    int from = xAt + at;
    int row = at / width;
    switch (call) {
      case COLUMNS -> {
        if (single) {
          Combinations.apply(operation, y, to, x, from, v[vAt], width);
        } else {
          Combinations.apply(operation, y, to, x, from, v, vAt, width);
        }
      }
      case ROWS -> {
        float value = v[vAt + row];
        if (operation == Operation.DIVIDE && value == 0) {
          Arrays.fill(y, to, to + width, 0f);
        } else {
          Combinations.apply(operation, y, to, x, from, value, width);
        }
      }
      default -> drop(y, to, x, from, v, vAt + at, width, bounds[boundsAt + row]);
    }
  }

  private static void mask(
      float[] y, int yAt, float[] x, int xAt, byte[] mask, int at, int n, float scale) {
    int i = 0;
    for (; LANES > 4 && i <= n - LANES; i += LANES) {
      VectorMask<Float> kept =
          ByteVector.fromArray(BYTES, mask, at + i).compare(NE, (byte) 0).cast(FLOATS);
      FloatVector scaled = load(x, xAt + i).mul(scale);
      FloatVector.zero(FLOATS).blend(scaled, kept).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = mask[at + i] != 0 ? x[xAt + i] * scale : 0f;
    }
  }

  private static void drop(
      float[] y, int yAt, float[] x, int xAt, float[] u, int uAt, int n, float p) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      VectorMask<Float> dropped = load(u, uAt + i).compare(LT, p);
      load(x, xAt + i).blend(0f, dropped).intoArray(y, yAt + i);
    }
    for (; i < n; i++) {
      y[yAt + i] = u[uAt + i] < p ? 0f : x[xAt + i];
    }
  }

  /// See `Kernels.convert`; conversions are plain loops, which C2 vectorises.
  static void convert(Tensor to, Tensor from, double scale) {
    float[] out = to.floats();
    int at = to.offset();
    float factor = (float) scale;
    int start = from.offset();
    int count = to.size();
    switch (from.type()) {
      case F32 -> VectorRows.affine(out, at, from.floats(), start, count, factor, 0f);
      case F64 -> {
        double[] in = from.doubles();
        for (int i = 0; i < count; i++) {
          out[at + i] = (float) (in[start + i] * scale);
        }
      }
      case I32 -> {
        int[] in = from.ints();
        for (int i = 0; i < count; i++) {
          out[at + i] = in[start + i] * factor;
        }
      }
      case U8 -> {
        byte[] in = from.bytes();
        for (int i = 0; i < count; i++) {
          out[at + i] = (in[start + i] & 0xFF) * factor;
        }
      }
    }
  }
}
