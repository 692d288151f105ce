package dev.lamina.kernel.vector;

/// How element-wise and row work is cut into tiles: by shapes alone, so that sums over tiles have
/// the same order whatever the number of threads.
final class Split {
  /// Elements of a tile of cheap, memory-bound work: some 10 µs.
  static final int GRAIN = 1 << 16;

  /// Elements of a tile where each costs a transcendental function: some 10 µs.
  static final int HEAVY_GRAIN = 1 << 14;

  /// Rows of one running float sum: the longer the chain, the larger its rounding error.
  private static final int LONGEST_CHAIN = 256;

  /// Below so many tiles (about 50 µs) waking another thread costs more than it brings.
  private static final int WORTH_SHARING = 5;

  private Split() {}

  /// The number of tiles of `grain` that cover `n`.
  static int tiles(int n, int grain) {
    return (n + grain - 1) / grain;
  }

  /// Rows of one tile when rows of `width` elements are summed over.
  static int chunk(int width, int grain) {
    return Math.clamp(grain / Math.max(1, width), 1, LONGEST_CHAIN);
  }

  /// Rows of one tile when rows of `width` elements are independent.
  static int rows(int width, int grain) {
    return Math.max(1, grain / Math.max(1, width));
  }

  /// Runs the tiles, alone where sharing is not worth it.
  static void run(ThreadPool pool, TileTask task, int tiles) {
    if (tiles < WORTH_SHARING) {
      ThreadPool.runAlone(task, tiles);
    } else {
      pool.run(task, tiles);
    }
  }
}
