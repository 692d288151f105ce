package dev.lamina.kernel.tier;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.vector.FmaPeak;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Optional;
import java.util.OptionalDouble;

/// The speed of this machine, measured for about a second; rough, since nothing is repeated in
/// other processes as a benchmark would.
///
/// @param peak of one thread that multiplies and adds in registers alone, in GFLOP/s; nothing for
///   other tiers than `vector`
/// @param oneThread of a product of F32 matrices on one thread, in GFLOP/s
/// @param allThreads of the same on all threads
public record SelfTest(OptionalDouble peak, double oneThread, double allThreads) {
  private static final long LONGEST_WARM_NANOS = 4_000_000_000L;
  private static final long NANOS = 300_000_000L;
  private static final int WARM = 96;
  private static final int LARGE = 512;

  /// GFLOP/s that vector code reaches on no machine before it is compiled, and on any afterwards.
  private static final double COMPILED = 4;

  /// Measures a tier: the best speeds that were seen, the three taking turns. Small matrices come
  /// first, until the code is compiled, then large ones.
  ///
  /// @throws dev.lamina.tensor.LaminaException if the tier is not there
  public static SelfTest of(String tier, int threads) {
    Kernels one = Tier.choose(Optional.of(tier), 1, line -> {});
    Kernels all = threads == 1 ? one : Tier.choose(Optional.of(tier), threads, line -> {});
    boolean vector = tier.equals("vector");
    double[] best = new double[3];
    long latest = System.nanoTime() + LONGEST_WARM_NANOS;
    do {
      measure(best, one, all, WARM);
    } while (vector && Math.min(best[0], best[1]) < COMPILED && System.nanoTime() < latest);
    if (vector) {
      measure(best, one, all, LARGE);
    }
    OptionalDouble peak = vector ? OptionalDouble.of(best[0]) : OptionalDouble.empty();
    return new SelfTest(peak, best[1], Math.max(best[1], best[2]));
  }

  private static void measure(double[] best, Kernels one, Kernels all, int n) {
    boolean vector = one.name().equals("vector");
    Tensor a = Tensor.zeros(DType.F32, n, n);
    Tensor c = Tensor.zeros(DType.F32, n, n);
    one.fill(a, 1);
    long flop = 2L * n * n * n;
    float[] sum = {0};
    long end = System.nanoTime() + NANOS;
    while (System.nanoTime() < end) {
      if (vector) {
        best[0] = Math.max(best[0], speed(() -> sum[0] += FmaPeak.round(), FmaPeak.flop()));
      }
      best[1] = Math.max(best[1], speed(() -> one.gemm(c, a, false, a, true, 0), flop));
      best[2] = Math.max(best[2], speed(() -> all.gemm(c, a, false, a, true, 0), flop));
    }
  }

  private static double speed(Runnable work, long flop) {
    long start = System.nanoTime();
    work.run();
    return (double) flop / (System.nanoTime() - start);
  }
}
