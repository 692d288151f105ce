package dev.lamina.kernel;

import org.junit.jupiter.api.Test;

/// Random words and masks: the same on every tier, bit for bit.
interface RandomContract {
  long[] KEYS = {0, 1, -1, 0x123456789ABCDEFL};

  Comparison compare();

  @Test
  default void drawsTheSameWords() {
    for (int n : compare().sizes().lengths()) {
      for (long key : KEYS) {
        compare().check("words %d of %x".formatted(n, key), side -> words(side, n, key));
      }
    }
    compare().check("many words", side -> words(side, 300_007, 42));
  }

  private static void words(Side side, int n, long key) {
    side.kernels().randomWords(side.positions(n), key, 0);
    side.kernels().randomWords(side.positions(n), key, 7_000_000_019L);
  }

  @Test
  default void drawsTheSameMasks() {
    for (double p : new double[] {0, 1, 0.5, 0.3, 1e-6, 0.999999}) {
      for (int n : compare().sizes().lengths()) {
        compare()
            .check(
                "mask %d, p %s".formatted(n, p),
                side -> side.kernels().randomMask(side.bytes(n), p, KEYS[3], 5));
      }
    }
    compare()
        .check(
            "a long mask",
            side -> side.kernels().randomMask(side.bytes(300_007), 0.5, -77, 1L << 40));
  }
}
