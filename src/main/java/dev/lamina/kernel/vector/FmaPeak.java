package dev.lamina.kernel.vector;

import jdk.incubator.vector.FloatVector;

/// The fastest that one thread can multiply and add: chains of `fma` that never leave the
/// registers.
///
/// Ten chains hide the latency of an `fma` on every CPU with two such units.
public final class FmaPeak {
  private static final int TURNS = 2_000;
  private static final long FLOP = 2L * TURNS * 10 * Simd.LANES;

  private FmaPeak() {}

  /// Operations of one `round`.
  public static long flop() {
    return FLOP;
  }

  /// Computes for a while.
  ///
  /// @return a number that depends on all that was computed
  public static float round() {
    FloatVector a = FloatVector.broadcast(Simd.FLOATS, 0.999f);
    FloatVector b = FloatVector.broadcast(Simd.FLOATS, 1e-3f);
    FloatVector s0 = Simd.zero();
    FloatVector s1 = Simd.zero();
    FloatVector s2 = Simd.zero();
    FloatVector s3 = Simd.zero();
    FloatVector s4 = Simd.zero();
    FloatVector s5 = Simd.zero();
    FloatVector s6 = Simd.zero();
    FloatVector s7 = Simd.zero();
    FloatVector s8 = Simd.zero();
    FloatVector s9 = Simd.zero();
    for (int i = 0; i < TURNS; i++) {
      s0 = s0.fma(a, b);
      s1 = s1.fma(a, b);
      s2 = s2.fma(a, b);
      s3 = s3.fma(a, b);
      s4 = s4.fma(a, b);
      s5 = s5.fma(a, b);
      s6 = s6.fma(a, b);
      s7 = s7.fma(a, b);
      s8 = s8.fma(a, b);
      s9 = s9.fma(a, b);
    }
    FloatVector left = s0.add(s1).add(s2).add(s3).add(s4);
    return left.add(s5).add(s6).add(s7).add(s8).add(s9).lane(0);
  }
}
