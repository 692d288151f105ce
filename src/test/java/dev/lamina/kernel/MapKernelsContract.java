package dev.lamina.kernel;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Groups of channels, regions and slices of maps.
interface MapKernelsContract {
  /// Shapes of maps and numbers of groups: dense and with positions, few and many channels.
  int[][] GROUPED = {
    {0, 2, 4},
    {1, 1, 2},
    {3, 2, 12},
    {4, 4, 64},
    {2, 3, 51},
    {70, 32, 1024},
    {2, 1, 3, 2, 2},
    {3, 4, 5, 4, 8},
    {1, 1, 17, 16, 1},
    {2, 5, 7, 6, 65},
    {2, 16, 4, 4, 96},
    {1, 3, 33, 31, 3}
  };

  /// `{n, h, w, c, a, b}`: maps and grids of regions.
  int[][] REGIONS = {
    {2, 1, 1, 5, 1, 1},
    {3, 8, 8, 4, 4, 2},
    {2, 5, 5, 17, 3, 3},
    {1, 7, 4, 33, 2, 3},
    {2, 4, 6, 1, 4, 6},
    {1, 31, 30, 3, 1, 1},
    {0, 4, 4, 2, 2, 2}
  };

  Comparison compare();

  private static int[] map(int[] grouped) {
    int[] map = Arrays.copyOfRange(grouped, 1, grouped.length);
    map[0] = grouped[0];
    return map;
  }

  private static int groups(int[] grouped) {
    return grouped[1];
  }

  private static int size(int[] grouped) {
    int size = 1;
    for (int i = 2; i < grouped.length; i++) {
      size *= grouped[i];
    }
    return size / groups(grouped);
  }

  private static String name(String what, int[] grouped) {
    return what + " of " + Arrays.toString(map(grouped)) + " in " + groups(grouped) + " groups";
  }

  @Test
  default void takesMomentsOfGroups() {
    for (int[] g : GROUPED) {
      compare().check(name("groupMoments", g), side -> moments(side, g, 1));
      compare().check(name("groupMoments without delta", g), side -> moments(side, g, 0));
    }
  }

  private static void moments(Side side, int[] g, double delta) {
    Tolerance mean = Tolerance.mean(size(g));
    Tensor m = side.out(mean, g[0], groups(g));
    Tensor s = side.out(mean.and(Tolerance.steps(4)), g[0], groups(g));
    side.kernels().maps().groupMoments(m, s, side.in(map(g)), delta);
  }

  /// A power is within 3 ulp (`VectorPowers`), of an exponent that is rounded once; the scale of at
  /// least one half makes it at most 2^(p+1).
  private static Tolerance powers(int p) {
    return Tolerance.ulps(6).and(Tolerance.steps(8 * (1 << p)));
  }

  @Test
  default void dividesGroups() {
    for (int[] g : GROUPED) {
      compare()
          .check(
              name("divideGroups", g),
              side -> {
                Tensor x = side.in(map(g));
                Tensor mean = side.in(g[0], groups(g));
                Tensor scale = scales(side, g);
                MapKernels k = side.kernels().maps();
                k.divideGroups(side.out(powers(1), map(g)), x, mean, scale, 0.2);
                k.divideGroups(side.out(powers(1), map(g)), x, mean, scale, 0.5);
                k.divideGroups(side.compare(powers(1), x), x, mean, scale, 0.5);
              });
    }
  }

  /// The first group has no variance and no delta.
  private static Tensor scales(Side side, int[] g) {
    Tensor scale = side.positive(g[0], groups(g));
    if (scale.size() > 0) {
      scale.set(0, 0);
    }
    return scale;
  }

  @Test
  default void sendsGradientsThroughGroups() {
    for (int[] g : GROUPED) {
      // x - mean is up to 12 and meets a mean of products with itself, over a scale of one half.
      Tolerance tolerance = powers(2).and(Tolerance.mean(size(g)).times(4 * 12 * 12));
      compare()
          .check(
              name("divideGroupsBackward", g),
              side -> {
                Tensor x = side.in(map(g));
                Tensor gr = side.in(map(g));
                Tensor mean = side.in(g[0], groups(g));
                Tensor scale = scales(side, g);
                MapKernels k = side.kernels().maps();
                k.divideGroupsBackward(side.out(tolerance, map(g)), gr, x, mean, scale, 0.2);
                k.divideGroupsBackward(side.compare(tolerance, gr), gr, x, mean, scale, 0.5);
              });
      compare()
          .check(
              name("groupPowersBackward", g),
              side -> {
                Tensor x = side.in(map(g));
                Tensor gv = side.in(g[0], groups(g));
                Tensor mean = side.in(g[0], groups(g));
                Tensor scale = scales(side, g);
                Tolerance steps = powers(1).and(Tolerance.steps(12));
                MapKernels k = side.kernels().maps();
                k.groupPowersBackward(side.out(steps, map(g)), gv, x, mean, scale, 0.8);
                k.groupPowersBackward(side.compare(steps, x), gv, x, mean, scale, 0.5);
              });
    }
  }

  @Test
  default void takesMeansOfRegionsAndSpreadsTheirGradient() {
    for (int[] r : REGIONS) {
      int[] map = {r[0], r[1], r[2], r[3]};
      int[] means = {r[0], r[4], r[5], r[3]};
      compare()
          .check(
              "regions " + Arrays.toString(means) + " of " + Arrays.toString(map),
              side -> {
                MapKernels k = side.kernels().maps();
                k.regionMeans(side.out(Tolerance.sum(r[1] * r[2]), means), side.in(map));
                k.regionMeansBackward(side.out(Tolerance.sum(4), map), side.in(means));
              });
    }
    compare()
        .check(
            "one region without its axes",
            side -> {
              MapKernels k = side.kernels().maps();
              k.regionMeans(side.out(Tolerance.sum(20), 3, 9), side.in(3, 4, 5, 9));
              k.regionMeansBackward(side.out(Tolerance.sum(1), 3, 4, 5, 9), side.in(3, 9));
            });
  }

  @Test
  default void copiesColumns() {
    for (int[] rows : new int[][] {{0}, {3}, {2, 4, 5}}) {
      compare()
          .check(
              "copyColumns of rows " + Arrays.toString(rows),
              side -> {
                int[] y = Arrays.copyOf(rows, rows.length + 1);
                int[] x = y.clone();
                y[rows.length] = 9;
                x[rows.length] = 6;
                MapKernels k = side.kernels().maps();
                k.copyColumns(side.inOut(Tolerance.EXACT, y), 3, side.in(x), 1, 5);
                k.copyColumns(side.inOut(Tolerance.EXACT, y), 9, side.in(x), 0, 0);
              });
    }
  }

  @Test
  default void spreadsChannelsOverAMap() {
    for (int c : new int[] {0, 1, 5, 33}) {
      compare()
          .check(
              "spread " + c,
              side -> {
                MapKernels k = side.kernels().maps();
                k.spread(side.out(Tolerance.EXACT, 2, 3, 4, c), side.in(2, c));
                k.spread(side.bytes(2, 3, 4, c), side.bits(2, c));
                k.spread(side.positions(3, c), side.labels(7, 3, c));
              });
    }
  }
}
