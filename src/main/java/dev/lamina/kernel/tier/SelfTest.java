package dev.lamina.kernel.tier;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.vector.FmaPeak;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.OptionalDouble;

/// Measures the speed of this machine in a fraction of a second; rough, since nothing is repeated
/// in other processes as a benchmark would.
public final class SelfTest {
  private static final long NANOS = 200_000_000L;
  private static final int WARM = 96;
  private static final int LARGE = 512;

  private SelfTest() {}

  /// The speed of a product of square F32 matrices in GFLOP/s, the best that was seen in some
  /// tenths of a second.
  public static double product(Kernels kernels) {
    double warm = product(kernels, WARM);
    return kernels.name().equals("reference") ? warm : Math.max(warm, product(kernels, LARGE));
  }

  /// Small matrices until the code is compiled, then large ones.
  private static double product(Kernels kernels, int n) {
    Tensor a = Tensor.zeros(DType.F32, n, n);
    Tensor c = Tensor.zeros(DType.F32, n, n);
    kernels.fill(a, 1);
    return best(() -> kernels.gemm(c, a, false, a, true, 0), 2L * n * n * n);
  }

  /// The speed of one thread that multiplies and adds in registers alone, in GFLOP/s; nothing
  /// without the tier `vector`.
  public static OptionalDouble peak() {
    if (Tier.whyMissing("vector").isPresent()) {
      return OptionalDouble.empty();
    }
    float[] sum = {0};
    double best = best(() -> sum[0] += FmaPeak.round(), FmaPeak.flop());
    return Float.isFinite(sum[0]) ? OptionalDouble.of(best) : OptionalDouble.empty();
  }

  private static double best(Runnable work, long flop) {
    double best = 0;
    long end = System.nanoTime() + NANOS;
    for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
      work.run();
      best = Math.max(best, (double) flop / (System.nanoTime() - start));
    }
    return best;
  }
}
