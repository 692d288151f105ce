package dev.lamina.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lamina.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// How classes are given their units.
class ClassResponsesTest {
  private static final long SEED = Long.getLong("lamina.seed", 1);

  /// Each class answers with one unit, whatever its number.
  @Test
  void oneHotOutputsAreAllRightUnderAnyPermutation() {
    int[] unitOf = {2, 0, 3, 1};
    ClassResponses responses = new ClassResponses(4, 4);
    for (int label = 0; label < 4; label++) {
      double[] out = new double[4];
      out[unitOf[label]] = 1;
      responses.add(Tensor.of(out), Tensor.of(new int[] {label}));
    }
    assertArrayEquals(unitOf, responses.greedy());
    assertArrayEquals(unitOf, responses.best());
    assertEquals(100, responses.accuracy(unitOf));
  }

  @Test
  void aClassWithoutSamplesGetsNoUnitAndDoesNotCount() {
    ClassResponses responses = new ClassResponses(3, 3);
    responses.add(Tensor.of(new double[] {5, 1, 1}), Tensor.of(new int[] {0}));
    responses.add(Tensor.of(new double[] {1, 1, 5}), Tensor.of(new int[] {2}));
    assertArrayEquals(new int[] {0, ClassResponses.NONE, 2}, responses.greedy());
    assertEquals(100, responses.accuracy(responses.greedy()));
  }

  @Test
  void moreClassesThanUnitsLeaveSomeWithout() {
    ClassResponses responses = new ClassResponses(3, 2);
    for (int label = 0; label < 3; label++) {
      responses.add(Tensor.of(new double[] {label, 1}), Tensor.of(new int[] {label}));
    }
    assertArrayEquals(new int[] {1, 0, ClassResponses.NONE}, responses.greedy());
    assertEquals(1, responses.samples(2));
  }

  /// All orders of up to five rows are tried.
  @Test
  void theBestAssignmentHasTheLargestSum() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      long[][] gain = new long[1 + random.nextInt(5)][1 + random.nextInt(5)];
      for (long[] row : gain) {
        for (int c = 0; c < row.length; c++) {
          row[c] = random.nextInt(20);
        }
      }
      long found = sum(gain, BestAssignment.of(gain));
      long best = largest(gain, 0, new boolean[gain[0].length]);
      assertEquals(best, found, "seed " + SEED + ", round " + round);
    }
  }

  private static long sum(long[][] gain, int[] columnOf) {
    long sum = 0;
    boolean[] taken = new boolean[gain[0].length];
    for (int r = 0; r < gain.length; r++) {
      if (columnOf[r] >= 0) {
        assertFalse(taken[columnOf[r]], "a column is used twice");
        taken[columnOf[r]] = true;
        sum += gain[r][columnOf[r]];
      }
    }
    return sum;
  }

  private static long largest(long[][] gain, int row, boolean[] taken) {
    if (row == gain.length) {
      return 0;
    }
    long best = largest(gain, row + 1, taken);
    for (int c = 0; c < taken.length; c++) {
      if (!taken[c]) {
        taken[c] = true;
        best = Math.max(best, gain[row][c] + largest(gain, row + 1, taken));
        taken[c] = false;
      }
    }
    return best;
  }
}
