package dev.lamina.kernel.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The known answers are those of Random123 (`kat_vectors`, philox4x32 with 10 rounds).
class ReferenceRandomTest {
  @Test
  void givesThePublishedWordsForZeros() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        ReferenceRandom.block(new int[4], new int[2]));
  }

  @Test
  void givesThePublishedWordsForOnes() {
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
        ReferenceRandom.block(new int[] {-1, -1, -1, -1}, new int[] {-1, -1}));
  }

  @Test
  void givesThePublishedWordsForTheDigitsOfPi() {
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        ReferenceRandom.block(
            new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
            new int[] {0xa4093822, 0x299f31d0}));
  }

  @Test
  void countsBlocksInTheFirstWordAndPutsTheStepIntoTheLastTwo() {
    long key = 0x299f31d0_a4093822L;
    long step = 0x03707344_13198a2eL;
    Tensor words = Tensor.zeros(DType.I32, 10);
    new ReferenceKernels().randomWords(words, key, step);
    int[] third =
        ReferenceRandom.block(
            new int[] {2, 0, 0x13198a2e, 0x03707344}, new int[] {0xa4093822, 0x299f31d0});
    assertArrayEquals(new int[] {third[0], third[1]}, new int[] {words.ints()[8], words.ints()[9]});
  }
}
