package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Padding and pooling.
interface MapContract {
  int[][] MAPS = {
    {0, 5, 4, 3},
    {1, 4, 5, 1},
    {2, 7, 6, 3},
    {1, 9, 8, 16},
    {3, 5, 5, 17},
    {1, 13, 12, 33},
    {2, 4, 4, 96},
    {1, 28, 28, 1},
    {2, 5, 6, 0}
  };

  Pool[] POOLS = {
    new Pool(1, 1, 0),
    new Pool(2, 2, 0),
    new Pool(3, 2, 1),
    new Pool(4, 2, 1),
    new Pool(3, 1, 1),
    new Pool(2, 3, 1)
  };

  Comparison compare();

  @Test
  default void padsAndFoldsBack() {
    for (int[] map : MAPS) {
      for (Padding.Mode mode : Padding.Mode.values()) {
        for (int size = 0; size < 4; size++) {
          Padding p = new Padding(mode, size);
          compare().check(name("pad " + p, map), side -> pad(side, map, p));
        }
      }
    }
  }

  private static void pad(Side side, int[] map, Padding p) {
    int[] padded = {map[0], map[1] + 2 * p.size(), map[2] + 2 * p.size(), map[3]};
    side.kernels().pad(side.out(Tolerance.EXACT, padded), side.in(map), p);
    side.kernels().unpad(side.out(Tolerance.sum(9), map), side.in(padded), p);
    side.kernels().pad(side.out(Tolerance.EXACT, padded), side.extremes(map), p);
  }

  @Test
  default void poolsAndSendsTheGradientBack() {
    for (int[] map : MAPS) {
      for (Pool p : POOLS) {
        compare().check(name("max " + p, map), side -> maxPool(side, side.in(map), p));
        compare().check(name("max of ties " + p, map), side -> maxPool(side, side.ties(map), p));
        compare()
            .check(name("max of extremes " + p, map), side -> maxPool(side, side.extremes(map), p));
        compare().check(name("avg " + p, map), side -> avgPool(side, map, p));
      }
    }
  }

  private static void maxPool(Side side, Tensor x, Pool p) {
    int[] map = x.shape().axes();
    int[] pooled = pooled(map, p);
    Tensor at = side.positions(pooled);
    side.kernels().maxPool(side.out(Tolerance.EXACT, pooled), at, x, p);
    Tolerance cells = Tolerance.sum(p.kernel() * p.kernel());
    side.kernels().maxPoolBackward(side.out(cells, map), side.in(pooled), at, p);
  }

  private static void avgPool(Side side, int[] map, Pool p) {
    Tolerance cells = Tolerance.sum(p.kernel() * p.kernel());
    side.kernels().avgPool(side.out(cells, pooled(map, p)), side.in(map), p);
    side.kernels().avgPoolBackward(side.out(cells, map), side.in(pooled(map, p)), p);
  }

  private static int[] pooled(int[] map, Pool p) {
    return new int[] {map[0], p.out(map[1]), p.out(map[2]), map[3]};
  }

  private static String name(String what, int[] map) {
    return what + " of " + Arrays.toString(map);
  }
}
