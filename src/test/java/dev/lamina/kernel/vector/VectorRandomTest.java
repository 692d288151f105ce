package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectorised Philox gives the published numbers and those of the reference.
@Tag("widths")
class VectorRandomTest {
  private static final Kernels REFERENCE = new ReferenceKernels();
  private static final Kernels VECTOR = new VectorKernels(2, REFERENCE);

  /// Known answer of Random123 (`kat_vectors`) for philox4x32-10 with counter and key 0.
  @Test
  void givesTheKnownAnswer() {
    Tensor words = Tensor.zeros(DType.I32, 4);
    VECTOR.randomWords(words, 0, 0);
    int[] known = {0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8};
    assertArrayEquals(known, words.ints());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 63, 64, 65, 255, 256, 257, 16_384, 100_003})
  void givesTheWordsOfTheReference(int n) {
    Tensor got = Tensor.zeros(DType.I32, n);
    Tensor want = Tensor.zeros(DType.I32, n);
    VECTOR.randomWords(got, 0x9E3779B97F4A7C15L, -3);
    REFERENCE.randomWords(want, 0x9E3779B97F4A7C15L, -3);
    assertArrayEquals(want.ints(), got.ints());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 0.5, 0.3, 1e-5, 0.99999})
  void givesTheMasksOfTheReference(double p) {
    for (int n : new int[] {1, 2, 7, 31, 513, 40_001}) {
      Tensor got = Tensor.zeros(DType.U8, n);
      Tensor want = Tensor.zeros(DType.U8, n);
      VECTOR.randomMask(got, p, 77, 1L << 40);
      REFERENCE.randomMask(want, p, 77, 1L << 40);
      assertArrayEquals(want.bytes(), got.bytes(), "p " + p + ", n " + n);
    }
  }

  @Test
  void maskKeepsTheShareThatItPromises() {
    int n = 1 << 20;
    double p = 0.25;
    Tensor mask = Tensor.zeros(DType.U8, n);
    VECTOR.randomMask(mask, p, 1, 1);
    int kept = 0;
    for (byte b : mask.bytes()) {
      kept += b;
    }
    // Six standard deviations of a binomial count.
    assertEquals(n * (1 - p), kept, 6 * Math.sqrt(n * p * (1 - p)));
  }
}
