package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.MapKernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Groups and regions of maps have the same bits with every number of threads and at every width.
@Tag("widths")
class MapBitsTest {
  /// The hash of the battery at 128, 256 and 512 bits; a change of it is a change of numerics.
  private static final int RECORDED = -443649350;

  /// `{n, h, w, c, groups}`: enough samples for several tiles, groups in runs and over positions.
  private static final int[][] MAPS = {
    {650, 1, 1, 510, 30}, {6, 24, 24, 33, 11}, {6, 20, 24, 3, 1}, {6, 8, 40, 64, 32}
  };

  @Test
  void everyWidthAndNumberOfThreadsGivesTheRecordedBits() {
    for (int threads = 1; threads <= 3; threads++) {
      int hash = 17;
      for (int[] map : MAPS) {
        for (int bits : battery(kernels(threads), map)) {
          hash = 31 * hash + bits;
        }
      }
      assertEquals(RECORDED, hash, threads + " threads; the width, or numerics changed");
    }
  }

  private static MapKernels kernels(int threads) {
    return new VectorKernels(threads, new ReferenceKernels()).maps();
  }

  private static List<Integer> battery(MapKernels k, int[] map) {
    Random draws = new Random(map[3]);
    Tensor x = numbers(draws, map[0], map[1], map[2], map[3]);
    Tensor g = numbers(draws, map[0], map[1], map[2], map[3]);
    Tensor mean = Tensor.zeros(DType.F32, map[0], map[4]);
    Tensor scale = Tensor.zeros(DType.F32, map[0], map[4]);
    Tensor y = Tensor.zeros(DType.F32, x.shape());
    List<Integer> seen = new ArrayList<>();
    k.groupMoments(mean, scale, x, 1);
    seen.add(bits(mean));
    seen.add(bits(scale));
    k.divideGroups(y, x, mean, scale, 0.2);
    seen.add(bits(y));
    k.divideGroupsBackward(y, g, x, mean, scale, 0.2);
    seen.add(bits(y));
    k.groupPowersBackward(y, mean, x, mean, scale, 0.8);
    seen.add(bits(y));
    regions(k, x, seen);
    return seen;
  }

  private static void regions(MapKernels k, Tensor x, List<Integer> seen) {
    Tensor gx = Tensor.zeros(DType.F32, x.shape());
    for (int i : new int[] {1, 7}) {
      int rows = Math.min(i, x.axis(1));
      Tensor means = Tensor.zeros(DType.F32, x.axis(0), rows, rows, x.axis(3));
      k.regionMeans(means, x);
      seen.add(bits(means));
      k.regionMeansBackward(gx, means);
      seen.add(bits(gx));
    }
  }

  private static Tensor numbers(Random draws, int... axes) {
    Tensor t = Tensor.zeros(DType.F32, axes);
    for (int i = 0; i < t.size(); i++) {
      t.floats()[i] = (float) draws.nextGaussian();
    }
    return t;
  }

  private static int bits(Tensor t) {
    int[] bits = new int[t.size()];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(t.floats()[i]));
    return Arrays.hashCode(bits);
  }
}
