package dev.lamina.kernel.vector;

/// A product of matrices in double, cut into tiles: `C = beta C + A B`, all of it, or the lower
/// half with its mirror where the result is symmetric.
///
/// ```
/// element = beta · element + block sum + block sum + ...    as in `Product`, K blocks of a dense product
/// ```
///
/// A tile is 128 by 128 whatever the number of threads: packing its operands costs a tenth of its
/// products, and a symmetric result of 256 is two halves and a whole. Products with a triangle may
/// leave out the k where an operand is 0, which changes no bit. Each calling thread has one.
final class DoubleProduct extends TileTask {
  /// Rows and columns of a tile.
  private static final int SIDE = 128;

  /// Flops below which waking another thread costs more than it brings.
  private static final double WORTH_SHARING = 4e6;

  private static final double[] NONE = {};

  /// Where the k of a tile begin: operands are 0 before.
  enum From {
    /// At 0.
    ZERO,
    /// At the first row of the tile: element (i, l) of the left operand is 0 for l < i.
    ROW,
    /// At the first column of the tile: element (l, j) of the right operand is 0 for l < j.
    COLUMN
  }

  final Operand left = new Operand();
  final Operand right = new Operand();
  double[] c = NONE;
  int at;
  int ld;
  private int m;
  private int n;
  private int k;
  private double beta;
  private From from = From.ZERO;
  private boolean symmetric;

  /// Sets where the result lies.
  DoubleProduct result(double[] values, int start, int rowStep) {
    c = values;
    at = start;
    ld = rowStep;
    return this;
  }

  /// `C [m, n] = beta C + A B` with `k` products an element.
  void compute(ThreadPool pool, int rows, int columns, int depth, double factor, From start) {
    m = rows;
    n = columns;
    k = depth;
    beta = factor;
    from = start;
    symmetric = false;
    run(pool, Math.ceilDiv(m, SIDE) * Math.ceilDiv(n, SIDE), 2.0 * m * n * k);
  }

  /// `C [m, m] = A B`, symmetric.
  void computeSymmetric(ThreadPool pool, int rows, int depth, From start) {
    m = rows;
    n = rows;
    k = depth;
    beta = 0;
    from = start;
    symmetric = true;
    int blocks = Math.ceilDiv(m, SIDE);
    run(pool, blocks * (blocks + 1) / 2, 1.0 * m * m * k);
  }

  private void run(ThreadPool pool, int tiles, double flops) {
    if (flops < WORTH_SHARING) {
      ThreadPool.runAlone(this, tiles);
    } else {
      pool.run(this, tiles);
    }
    left.release();
    right.release();
    c = NONE;
  }

  @Override
  void run(int tile) {
    int row;
    int column;
    if (symmetric) {
      // Counted along the rows of the lower triangle.
      int block = 0;
      int before = 0;
      while (before + block + 1 <= tile) {
        before += ++block;
      }
      row = block * SIDE;
      column = (tile - before) * SIDE;
    } else {
      int across = Math.ceilDiv(n, SIDE);
      row = tile / across * SIDE;
      column = tile % across * SIDE;
    }
    Workspace.current()
        .doubles
        .tile
        .compute(this, row, Math.min(m, row + SIDE), column, Math.min(n, column + SIDE));
  }

  double beta() {
    return beta;
  }

  int depth() {
    return k;
  }

  boolean isSymmetric() {
    return symmetric;
  }

  /// The first k of a tile.
  int firstK(int row, int column) {
    return switch (from) {
      case ZERO -> 0;
      case ROW -> row;
      case COLUMN -> column;
    };
  }

  /// The end of the K block that holds `position`; see `Blocks`.
  int blockEnd(int position) {
    return k <= Blocks.CHAIN ? k : Math.min(k, (position / Blocks.DENSE + 1) * Blocks.DENSE);
  }
}
