package dev.lamina.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Estimated widths on distances that can be counted by hand.
class MedianWidthTest {
  private static final Kernels K = new ReferenceKernels();

  private static Tensor line(double... places) {
    return Tensor.of(places, places.length, 1);
  }

  @Test
  void theUsualRuleTakesTheRootOfTheMedianOfDistinctPairs() {
    assertEquals(2, MedianWidth.of(K, line(0, 1, 3))); // 1, 4, 9
    assertEquals(Math.sqrt(12.5), MedianWidth.of(K, line(0, 1, 3, 7))); // 1, 4, 9, 16, 36, 49
    assertThrows(IllegalArgumentException.class, () -> MedianWidth.of(K, line(1)));
  }

  @Test
  void theOriginalRuleTakesASquareOfTheDoubledSample() {
    assertEquals(
        4, MedianWidth.original(K, line(0, 1, 3))); // 3 zeros, then 1, 4, 9 four times each
  }

  @Test
  void theOriginalRuleFallsBackToTheMeanAndItsFloor() {
    // 10 pairs and their copies with 5 zeros: 16 of 45 distances are 9, so the median is 0.
    assertEquals(16 * 9 / 45.0, MedianWidth.original(K, line(0, 0, 0, 0, 3)), 1e-15);
    assertEquals(0.01, MedianWidth.original(K, line(2, 2, 2)));
  }

  @Test
  void estimatedDiscrepanciesUseTheWidthsOfBothSets() {
    Tensor x = line(0, 1, 3);
    Tensor y = line(2, 3, 5);
    double width = MedianWidth.original(K, x);
    double both = MedianWidth.original(K, line(0, 1, 3, 2, 3, 5));
    double cross = 0;
    for (double value : new PairKernel(K, 1 / (2 * both * both)).matrix(x, y).toDoubles()) {
      cross += value / 9;
    }
    double want = 2 * MeanSimilarity.of(K, x, width) - 2 * cross;
    assertEquals(want, Mmd.estimated(K).value(x, y), 1e-15);
    assertEquals(new Mmd(K, width).joint(x, y), Mmd.estimated(K).joint(x, y), 1e-15);
  }
}
