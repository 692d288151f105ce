package dev.lamina.kernel.vector;

/// One matrix product, cut into tiles: `result = left · right + beta result`, for each group.
///
/// ```
/// element = beta · element + block sum + block sum + ...    in this order; without the first term if beta is 0
/// block sum = one chain of fma over its k that starts at 0
/// ```
///
/// K is cut into runs of `span`, each into parts of at most `part`: they fix the bits, and follow
/// from the shape (`Blocks`). All else is free: a tile is a block of rows and columns of the result
/// (`ProductTile`), and tiles share nothing but the operands.
final class Product extends TileTask {
  /// Columns of a tile: with 384 k they fill less than half of an L2 of 1 MiB.
  private static final int MAX_COLUMNS = 256;

  private static final int MAX_ROWS = 512;

  /// The least that a tile keeps when it is cut for the sake of threads: less would make packing
  /// dear.
  private static final int MIN_ROWS = 32;

  private static final int MIN_COLUMNS = 64;

  /// Flops below which a tile is not cut further.
  private static final double SMALLEST_TILE = 2e6;

  /// Rows below which transposing the right operand would cost more than a tenth of the product.
  private static final int FEW_ROWS = 64;

  /// Tiles that a product is cut into if it is large enough.
  private static final int WANTED_TILES = 8;

  View left = new View();
  View right = new View();
  final View result = new View();

  /// Whether the runs of an operand lie along k, so that packing transposes.
  boolean leftAlongK;

  boolean rightAlongK;

  /// Whether the operands were swapped: columns of the product are rows of `result`.
  boolean turned;

  float beta;
  int k;
  int span;
  int part;
  private int groups;
  private int m;
  private int n;
  private int rowBlocks;
  private int columnBlocks;

  /// Sets the sizes of one group's product.
  void size(int groupCount, int rows, int columns, int depth) {
    groups = groupCount;
    m = rows;
    n = columns;
    k = depth;
  }

  /// Sets the K blocks: runs of `length`, each in parts of at most `most`.
  void blocks(int length, int most) {
    span = length;
    part = most;
  }

  /// The end of the K block that begins at `from`.
  int blockEnd(int from) {
    return from + Math.min(Math.min(k - from, part), span - from % span);
  }

  /// Computes the product.
  void compute(ThreadPool pool) {
    if (m == 0 || n == 0) {
      return;
    }
    turned = leftAlongK && rightAlongK && m <= FEW_ROWS && n > 2 * m;
    if (turned) {
      turn();
    }
    cut();
    int tiles = groups * rowBlocks * columnBlocks;
    if (flops() < 2 * SMALLEST_TILE) {
      ThreadPool.runAlone(this, tiles);
    } else {
      pool.run(this, tiles);
    }
    left.release();
    right.release();
    result.release();
  }

  /// Swaps the operands, so that the larger one is read in place and the smaller one is packed.
  private void turn() {
    View view = left;
    left = right;
    right = view;
    int rows = m;
    m = n;
    n = rows;
  }

  private double flops() {
    return 2.0 * groups * m * n * k;
  }

  /// Chooses the grid of tiles: within the caches, then about square, until there are enough.
  private void cut() {
    rowBlocks = Math.ceilDiv(m, MAX_ROWS);
    columnBlocks = Math.ceilDiv(n, MAX_COLUMNS);
    while ((double) groups * rowBlocks * columnBlocks < WANTED_TILES) {
      boolean high = m / rowBlocks >= 2 * MIN_ROWS;
      boolean wide = n / columnBlocks >= 2 * MIN_COLUMNS;
      double half = flops() / (2.0 * groups * rowBlocks * columnBlocks);
      if (half < SMALLEST_TILE || !(high || wide)) {
        return;
      }
      if (high && (!wide || m / rowBlocks > n / columnBlocks)) {
        rowBlocks *= 2;
      } else {
        columnBlocks *= 2;
      }
    }
  }

  @Override
  void run(int tile) {
    int perGroup = rowBlocks * columnBlocks;
    int rowStep = Math.ceilDiv(Math.ceilDiv(m, rowBlocks), Tiles.ROWS) * Tiles.ROWS;
    int columnStep = Math.ceilDiv(Math.ceilDiv(n, columnBlocks), Tiles.COLUMNS) * Tiles.COLUMNS;
    int row = tile % perGroup / columnBlocks * rowStep;
    int column = tile % columnBlocks * columnStep;
    int rowEnd = Math.min(m, row + rowStep);
    int columnEnd = Math.min(n, column + columnStep);
    if (row < rowEnd && column < columnEnd) {
      Workspace.current()
          .productTile
          .compute(this, tile / perGroup, row, rowEnd, column, columnEnd);
    }
  }
}
