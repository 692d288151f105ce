package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MersenneTwisterTest {
  /// The first and the 10 000th output of the seed 5489, as the standard of C++ fixes them.
  @Test
  void drawsTheSequenceOfTheStandard() {
    MersenneTwister generator = new MersenneTwister(5489);
    assertEquals(3_499_211_612L, Integer.toUnsignedLong(generator.word()));
    for (int i = 2; i < 10_000; i++) {
      generator.word();
    }
    assertEquals(4_123_659_995L, Integer.toUnsignedLong(generator.word()));
  }

  /// specs/phsic.md, section 12.
  @Test
  void permutesAsThePublishedSplitsWerePermuted() {
    assertArrayEquals(new int[] {3048, 19563, 58303, 8870, 40228}, first(60_000));
    assertArrayEquals(new int[] {11841, 19602, 45519, 25747, 42642}, first(50_000));
  }

  private static int[] first(int n) {
    return Arrays.copyOf(new MersenneTwister(0).permutation(n), 5);
  }

  @Test
  void aPermutationHoldsEveryNumberOnce() {
    for (int n : new int[] {0, 1, 2, 3, 8, 9, 1000}) {
      int[] sorted = Arrays.stream(new MersenneTwister(7).permutation(n)).sorted().toArray();
      assertArrayEquals(IntStream.range(0, n).toArray(), sorted, "n = " + n);
    }
  }

  @Test
  void uniformNumbersHaveTwentyFourBits() {
    MersenneTwister generator = new MersenneTwister(1234);
    for (int i = 0; i < 10_000; i++) {
      double u = generator.uniform();
      assertTrue(u >= 0 && u < 1 && u == (float) u, "" + u);
    }
  }
}
