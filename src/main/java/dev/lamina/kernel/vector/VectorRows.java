package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;

import dev.lamina.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/// Softmax, log-softmax and their gradients, row by row.
///
/// About 20 flops and 8 bytes per element. Each row is walked several times while it lies in L1:
/// maximum, exponentials, sum, scaling; one loop that did all would hold more vectors than AVX2 has
/// registers. Row sums are the sixteen running sums of `Lanes`.
final class VectorRows extends TileTask {
  private enum Call {
    SOFTMAX,
    SOFTMAX_BACKWARD,
    LOG_SOFTMAX,
    LOG_SOFTMAX_BACKWARD
  }

  private Call call = Call.SOFTMAX;
  private float[] y = {};
  private float[] x = {};
  private float[] other = {};
  private int yAt;
  private int xAt;
  private int otherAt;
  private int rows;
  private int width;
  private int chunk;
  private float scale;

  /// See `Kernels.softmax`.
  void softmax(ThreadPool pool, Tensor yTo, Tensor xFrom, double factor) {
    scale = (float) factor;
    run(pool, Call.SOFTMAX, yTo, xFrom, xFrom);
  }

  /// See `Kernels.softmaxBackward`.
  void softmaxBackward(ThreadPool pool, Tensor gx, Tensor gy, Tensor yFrom, double factor) {
    scale = (float) factor;
    run(pool, Call.SOFTMAX_BACKWARD, gx, gy, yFrom);
  }

  /// See `Kernels.logSoftmax`.
  void logSoftmax(ThreadPool pool, Tensor yTo, Tensor xFrom) {
    run(pool, Call.LOG_SOFTMAX, yTo, xFrom, xFrom);
  }

  /// See `Kernels.logSoftmaxBackward`.
  void logSoftmaxBackward(ThreadPool pool, Tensor gx, Tensor gy, Tensor yFrom) {
    run(pool, Call.LOG_SOFTMAX_BACKWARD, gx, gy, yFrom);
  }

  private void run(ThreadPool pool, Call what, Tensor to, Tensor from, Tensor second) {
    call = what;
    y = to.floats();
    yAt = to.offset();
    x = from.floats();
    xAt = from.offset();
    other = second.floats();
    otherAt = second.offset();
    width = from.axis(-1);
    rows = from.size() == 0 ? 0 : from.shape().rows();
    chunk = Split.rows(width, Split.HEAVY_GRAIN);
    Split.run(pool, this, Split.tiles(rows, chunk));
  }

  @Override
  void run(int tile) {
    int end = Math.min(rows, (tile + 1) * chunk);
    for (int row = tile * chunk; row < end; row++) {
      int to = yAt + row * width;
      int from = xAt + row * width;
      int second = otherAt + row * width;
      switch (call) {
        case SOFTMAX -> softmax(y, to, x, from, width, scale);
        case SOFTMAX_BACKWARD -> softmaxBackward(to, from, second);
        case LOG_SOFTMAX -> logSoftmax(y, to, x, from, width);
        case LOG_SOFTMAX_BACKWARD -> {
          float sum = Lanes.sum(x, from, width);
          subtractExponentials(y, to, x, from, other, second, width, sum);
        }
      }
    }
  }

  private static void softmax(float[] y, int yAt, float[] x, int xAt, int n, float scale) {
    float most = scale < 0 ? Lanes.min(x, xAt, n) : Lanes.max(x, xAt, n);
    exponentials(y, yAt, x, xAt, n, most, scale);
    affine(y, yAt, y, yAt, n, 1f / Lanes.sum(y, yAt, n), 0f);
  }

  private void softmaxBackward(int to, int from, int second) {
    float dot = Lanes.dot(x, from, other, second, width);
    multiplyDifferences(y, to, x, from, other, second, width, dot, scale);
  }

  /// Log-softmax of a row; exponentials are made in scratch memory, x may be y.
  private static void logSoftmax(float[] y, int yAt, float[] x, int xAt, int n) {
    float most = Lanes.max(x, xAt, n);
    double sum = sumOfExponentials(x, xAt, n, most);
    subtractTwice(y, yAt, x, xAt, n, most, (float) StrictMath.log(sum));
  }

  /// `y = exp(scale (x - most))`, 0 where that is no normal float.
  static void exponentials(float[] y, int yAt, float[] x, int xAt, int n, float most, float scale) {
    int whole = FLOATS.loopBound(n);
    wholeExponentials(y, yAt, x, xAt, whole, most, scale);
    if (whole < n) {
      float[] end = Lanes.end(x, xAt + whole, n - whole);
      wholeExponentials(end, 0, end, 0, LANES, most, scale);
      System.arraycopy(end, 0, y, yAt + whole, n - whole);
    }
  }

  private static void wholeExponentials(
      float[] y, int yAt, float[] x, int xAt, int n, float most, float scale) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector z = load(x, xAt + i).sub(most).mul(scale);
      VectorMath.expFlushed(z).intoArray(y, yAt + i);
    }
  }

  /// `y = a x + b`, rounded once.
  static void affine(float[] y, int yAt, float[] x, int xAt, int n, float a, float b) {
    int whole = FLOATS.loopBound(n);
    wholeAffine(y, yAt, x, xAt, whole, a, b);
    for (int i = whole; i < n; i++) {
      y[yAt + i] = Math.fma(x[xAt + i], a, b);
    }
  }

  private static void wholeAffine(float[] y, int yAt, float[] x, int xAt, int n, float a, float b) {
    FloatVector factor = FloatVector.broadcast(FLOATS, a);
    FloatVector shift = FloatVector.broadcast(FLOATS, b);
    for (int i = 0; i < n; i += LANES) {
      load(x, xAt + i).fma(factor, shift).intoArray(y, yAt + i);
    }
  }

  /// `Σ exp(a[i] - most)`.
  private static double sumOfExponentials(float[] a, int at, int n, float most) {
    float[] piece = Workspace.current().piece();
    double sum = 0;
    for (int i = 0; i < n; i += Workspace.PIECE) {
      int count = Math.min(Workspace.PIECE, n - i);
      exponentials(piece, 0, a, at + i, count, most, 1f);
      sum += Lanes.sum(piece, 0, count);
    }
    return sum;
  }

  private static void subtractTwice(
      float[] y, int yAt, float[] x, int xAt, int n, float first, float second) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      load(x, xAt + i).sub(first).sub(second).intoArray(y, yAt + i);
    }
    if (i < n) {
      FloatVector v = Lanes.load(x, xAt + i, n - i).sub(first).sub(second);
      Lanes.store(v, y, yAt + i, n - i);
    }
  }

  /// `gx = scale s (gy - dot)`.
  private static void multiplyDifferences(
      float[] gx, int at, float[] gy, int gyAt, float[] s, int sAt, int n, float dot, float scale) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector d = load(gy, gyAt + i).sub(dot);
      load(s, sAt + i).mul(scale).mul(d).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector d = Lanes.load(gy, gyAt + i, n - i).sub(dot);
      FloatVector v = Lanes.load(s, sAt + i, n - i).mul(scale).mul(d);
      Lanes.store(v, gx, at + i, n - i);
    }
  }

  /// `gx = gy - exp(y) sum`.
  private static void subtractExponentials(
      float[] gx, int at, float[] gy, int gyAt, float[] y, int yAt, int n, float sum) {
    FloatVector factor = FloatVector.broadcast(FLOATS, -sum);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector e = VectorMath.expFlushed(load(y, yAt + i));
      e.fma(factor, load(gy, gyAt + i)).intoArray(gx, at + i);
    }
    if (i < n) {
      FloatVector e = VectorMath.expFlushed(Lanes.load(y, yAt + i, n - i));
      FloatVector v = e.fma(factor, Lanes.load(gy, gyAt + i, n - i));
      Lanes.store(v, gx, at + i, n - i);
    }
  }
}
