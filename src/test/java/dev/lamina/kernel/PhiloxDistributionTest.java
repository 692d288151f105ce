package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Draws have the distributions that they promise, within six standard deviations of each figure:
/// true numbers would miss one bound in 500 million; a bias of 0.6 % of a standard deviation shows.
///
/// A figure that is a mean over `n` draws has the deviation of one draw over √n. The seed is fixed,
/// so a test that passed passes again; `-Dlamina.seed=N` takes another.
class PhiloxDistributionTest {
  private static final long SEED = Long.getLong("lamina.seed", 20);
  private static final String IN_SEED = "seed " + SEED;
  private static final int N = 1 << 20;
  private static final double DEVIATIONS = 6;

  private final Philox draws = draws(SEED);

  private static Philox draws(long seed) {
    return new Philox(seed, new VectorKernels(1, new ReferenceKernels()));
  }

  /// `n` draws deviate by `deviation` each.
  private static void assertMean(String what, double want, double mean, double deviation, int n) {
    assertEquals(want, mean, DEVIATIONS * deviation / Math.sqrt(n), what + ", " + IN_SEED);
  }

  /// Pearson's Σ (count - expected)² / expected, whose mean is the number of cells less one, and
  /// whose variance twice that.
  private static void assertEven(String what, int[] counts, double expected) {
    double distance = 0;
    for (int count : counts) {
      distance += (count - expected) * (count - expected) / expected;
    }
    int free = counts.length - 1;
    assertEquals(free, distance, DEVIATIONS * Math.sqrt(2.0 * free), what + ", " + IN_SEED);
  }

  private static double mean(double[] x, int power) {
    double sum = 0;
    for (double v : x) {
      double product = v;
      for (int p = 1; p < power; p++) {
        product *= v;
      }
      sum += product;
    }
    return sum / x.length;
  }

  /// The mean product of neighbours `x[i] x[i + 1]` with `i` a multiple of `stride`.
  private static double neighbours(double[] x, int stride) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i + 1 < x.length; i += stride) {
      sum += x[i] * x[i + 1];
      n++;
    }
    return sum / n;
  }

  private double[] uniform(DType type, Philox from, String stream, long step) {
    Tensor out = Tensor.zeros(type, N);
    from.uniform(out, stream, step);
    return out.toDoubles();
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void uniformNumbersFillTheUnitIntervalEvenly(DType type) {
    double[] x = uniform(type, draws, "uniform", 0);
    int[] cells = new int[256];
    for (int i = 0; i < N; i++) {
      assertTrue(x[i] >= 0 && x[i] < 1, x[i] + " at " + i);
      cells[(int) (256 * x[i])]++;
      x[i] -= 0.5;
    }
    assertEven("256 equal parts", cells, N / 256.0);
    // About 1/2 the moments are E x² = 1/12 and E x⁴ = 1/80, so Var x² = 1/80 - 1/144 = 1/180.
    assertMean("mean", 0, mean(x, 1), Math.sqrt(1 / 12.0), N);
    assertMean("variance", 1 / 12.0, mean(x, 2), Math.sqrt(1 / 180.0), N);
    assertMean("neighbours", 0, neighbours(x, 1), 1 / 12.0, N);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"F32", "F64"})
  void normalNumbersHaveTheMomentsAndSharesOfTheNormalDistribution(DType type) {
    Tensor out = Tensor.zeros(type, N);
    draws.normal(out, "normal", 0);
    double[] x = out.toDoubles();
    // E x² = 1, E x⁴ = 3, E x⁶ = 15, E x⁸ = 105; the variance of x^p is E x^2p - (E x^p)².
    assertMean("mean", 0, mean(x, 1), 1, N);
    assertMean("variance", 1, mean(x, 2), Math.sqrt(2), N);
    assertMean("third moment", 0, mean(x, 3), Math.sqrt(15), N);
    assertMean("fourth moment", 3, mean(x, 4), Math.sqrt(96), N);
    assertMean("the two of a pair", 0, neighbours(x, 2), 1, N / 2);
    double[] inside = {0.6826894921370859, 0.9544997361036416, 0.9973002039367398};
    for (int sigma = 1; sigma <= 3; sigma++) {
      double p = inside[sigma - 1];
      assertMean("within " + sigma, p, share(x, sigma), Math.sqrt(p * (1 - p)), N);
    }
  }

  private static double share(double[] x, double bound) {
    int count = 0;
    for (double v : x) {
      count += Math.abs(v) < bound ? 1 : 0;
    }
    return (double) count / x.length;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.1, 0.003})
  void masksDropTheShareThatTheyPromise(double p) {
    Tensor mask = Tensor.zeros(DType.U8, N);
    draws.keep(mask, p, "mask", 0);
    // p is rounded to a multiple of 2^-16.
    double drop = Math.round(65536 * p) / 65536.0;
    assertEquals(p, drop, 0x1p-17);
    double[] kept = mask.toDoubles();
    double deviation = Math.sqrt(drop * (1 - drop));
    assertMean("kept", 1 - drop, mean(kept, 1), deviation, N);
    for (int i = 0; i < N; i++) {
      kept[i] -= 1 - drop;
    }
    assertMean("neighbours", 0, neighbours(kept, 1), deviation * deviation, N);
  }

  @Test
  void everyOrderOfFourIsAsLikelyAsAnother() {
    int rounds = 24_000;
    int[] counts = new int[256];
    Tensor order = Tensor.zeros(DType.I32, 4);
    for (int step = 0; step < rounds; step++) {
      draws.permutation(order, "four", step);
      int[] o = order.ints();
      counts[o[0] + 4 * o[1] + 16 * o[2] + 64 * o[3]]++;
    }
    int[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
    assertEquals(24, seen.length, IN_SEED);
    assertEven("24 orders", seen, rounds / 24.0);
  }

  @Test
  void everyElementOfALongOrderGoesAnywhere() {
    int n = 40;
    int rounds = 4_000;
    int[] counts = new int[n * n];
    Tensor order = Tensor.zeros(DType.I32, n);
    for (int step = 0; step < rounds; step++) {
      draws.permutation(order, "forty", step);
      boolean[] met = new boolean[n];
      for (int i = 0; i < n; i++) {
        int element = order.ints()[i];
        assertTrue(!met[element], "twice " + element + " at step " + step);
        met[element] = true;
        counts[i * n + element]++;
      }
    }
    // Places cannot share an element, so the mean is n² - n instead of n² - 1: inside the bound.
    assertEven("element × place", counts, (double) rounds / n);
  }

  @Test
  void seedsStreamsAndStepsGiveNumbersThatHaveNothingToDoWithEachOther() {
    double[] x = uniform(DType.F32, draws, "a", 0);
    assertUncorrelated("another seed", x, uniform(DType.F32, draws(SEED + 1), "a", 0));
    assertUncorrelated("another stream", x, uniform(DType.F32, draws, "b", 0));
    assertUncorrelated("another step", x, uniform(DType.F32, draws, "a", 1));
  }

  private static void assertUncorrelated(String what, double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += (x[i] - 0.5) * (y[i] - 0.5);
    }
    assertMean(what, 0, sum / N, 1 / 12.0, N);
  }
}
