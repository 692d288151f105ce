package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.DOUBLES;
import static dev.lamina.kernel.vector.Simd.DOUBLE_LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/// Sums of rows in double, and the two matrices that are made from them: centred matrices and
/// squared distances. Bound by memory.
final class DoubleRows extends TileTask {
  private enum Call {
    SUMS,
    MEANS,
    DOT,
    CENTER,
    DISTANCES
  }

  /// Elements of a piece of `dot`, whose sums are added in order.
  private static final int PIECE = 4096;

  private Call call = Call.SUMS;
  private double[] y = {};
  private double[] x = {};
  private double[] v = {};
  private double[] perRow = {};
  private int yAt;
  private int xAt;
  private int vAt;
  private int rows;
  private int width;
  private int chunk;
  private int last;
  private double mean;

  private void run(ThreadPool pool, Call what) {
    call = what;
    chunk = Split.rows(width, Split.GRAIN / 2);
    Split.run(pool, this, Split.tiles(rows, chunk));
  }

  private void over(Tensor from, int length) {
    x = from.doubles();
    xAt = from.offset();
    width = length;
    rows = width == 0 ? 0 : from.size() / width;
  }

  private void into(Tensor to) {
    y = to.doubles();
    yAt = to.offset();
  }

  private void keepRows(int count) {
    perRow = perRow.length < count ? new double[count] : perRow;
  }

  /// Sums, or means, of the rows of `width` elements of `from`.
  void sums(ThreadPool pool, Tensor to, Tensor from, int length, boolean means) {
    over(from, length);
    into(to);
    if (length == 0) {
      Arrays.fill(y, yAt, yAt + to.size(), 0d);
    }
    run(pool, means ? Call.MEANS : Call.SUMS);
  }

  /// See `MatrixKernels.dot`.
  void dot(ThreadPool pool, Tensor to, Tensor a, Tensor b) {
    x = a.doubles();
    xAt = a.offset();
    v = b.doubles();
    vAt = b.offset();
    width = PIECE;
    rows = Split.tiles(a.size(), PIECE);
    keepRows(rows);
    last = a.size();
    run(pool, Call.DOT);
    double sum = 0;
    for (int i = 0; i < rows; i++) {
      sum += perRow[i];
    }
    to.doubles()[to.offset()] = sum;
  }

  /// See `MatrixKernels.center`.
  void center(ThreadPool pool, Tensor to, Tensor from) {
    int m = from.axis(0);
    over(from, m);
    keepRows(m);
    y = perRow;
    yAt = 0;
    run(pool, Call.MEANS);
    mean = DoubleLanes.sum(perRow, 0, m) / m;
    into(to);
    run(pool, Call.CENTER);
  }

  /// See `MatrixKernels.squaredDistances`.
  void squaredDistances(ThreadPool pool, Tensor to, Tensor gram) {
    int m = gram.axis(0);
    over(gram, m);
    keepRows(m);
    for (int i = 0; i < m; i++) {
      perRow[i] = x[xAt + i * m + i];
    }
    into(to);
    run(pool, Call.DISTANCES);
  }

  @Override
  void run(int tile) {
    int first = tile * chunk;
    int end = Math.min(rows, first + chunk);
    switch (call) {
      case SUMS -> sums(first, end, 1);
      case MEANS -> sums(first, end, width);
      case DOT -> dots(first, end);
      case CENTER -> center(first, end);
      case DISTANCES -> distances(first, end);
    }
  }

  // A method for each loop: together they are more than C2 inlines into one.

  private void sums(int first, int end, double divisor) {
    for (int row = first; row < end; row++) {
      y[yAt + row] = DoubleLanes.sum(x, xAt + row * width, width) / divisor;
    }
  }

  private void dots(int first, int end) {
    for (int row = first; row < end; row++) {
      int at = row * width;
      perRow[row] = DoubleLanes.dot(x, xAt + at, v, vAt + at, Math.min(width, last - at));
    }
  }

  private void center(int first, int end) {
    for (int row = first; row < end; row++) {
      int at = row * width;
      center(y, yAt + at, x, xAt + at, width, perRow, perRow[row], mean);
    }
  }

  private void distances(int first, int end) {
    for (int row = first; row < end; row++) {
      int at = row * width;
      distances(y, yAt + at, x, xAt + at, width, perRow, perRow[row]);
    }
  }

  /// `y_j = x_j - (means_j + rowMean - mean)`: the sum is the same from both sides of the diagonal.
  private static void center(
      double[] y,
      int yAt,
      double[] x,
      int xAt,
      int n,
      double[] means,
      double rowMean,
      double mean) {
    int j = 0;
    for (; j <= n - DOUBLE_LANES; j += DOUBLE_LANES) {
      DoubleVector both = load(means, j).add(rowMean).sub(mean);
      load(x, xAt + j).sub(both).intoArray(y, yAt + j);
    }
    for (; j < n; j++) {
      y[yAt + j] = x[xAt + j] - (means[j] + rowMean - mean);
    }
  }

  /// `y_j = max(0, squares_j + square - 2 x_j)`; NaN stays.
  private static void distances(
      double[] y, int yAt, double[] x, int xAt, int n, double[] squares, double square) {
    DoubleVector factor = DoubleVector.broadcast(DOUBLES, -2d);
    int j = 0;
    for (; j <= n - DOUBLE_LANES; j += DOUBLE_LANES) {
      DoubleVector d = load(x, xAt + j).fma(factor, load(squares, j).add(square));
      d.blend(0d, d.compare(LT, 0d)).intoArray(y, yAt + j);
    }
    for (; j < n; j++) {
      double d = Math.fma(x[xAt + j], -2d, squares[j] + square);
      y[yAt + j] = d < 0 ? 0 : d;
    }
  }
}
