package dev.lamina.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The numbers of seed 7 at step 3: a change would void every recorded hash.
///
/// Expected values come from a separate program that follows the paper, FNV-1a and the class
/// comment of `Philox`; it gives the known answers of Random123, as `ReferenceRandomTest` does.
class PhiloxTest {
  private static final long STEP = 3;

  static List<Philox> tiers() {
    Kernels reference = new ReferenceKernels();
    return List.of(new Philox(7, reference), new Philox(7, new VectorKernels(1, reference)));
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void uniformNumbersAreTheHighBitsOfWords(Philox draws) {
    Tensor singles = Tensor.zeros(DType.F32, 6);
    draws.uniform(singles, "b1.weight", STEP);
    long[] of24 = {3753974, 14893397, 4143955, 8051501, 12308417, 10556528};
    assertArrayEquals(scaled(of24, 0x1p-24), singles.toDoubles());
    Tensor doubles = Tensor.zeros(DType.F64, 3);
    draws.uniform(doubles, "b1.weight", STEP);
    long[] of53 = {2015399962765354L, 2224769089887077L, 6608031275295374L};
    assertArrayEquals(scaled(of53, 0x1p-53), doubles.toDoubles());
  }

  private static double[] scaled(long[] bits, double unit) {
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = bits[i] * unit;
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void normalNumbersAreThoseOfBoxAndMuller(Philox draws) {
    Tensor normal = Tensor.zeros(DType.F64, 3);
    draws.normal(normal, "b1.weight", STEP);
    double[] want = {1.317356541181954, -1.1220448992469383, -1.6590364606034294};
    assertArrayEquals(want, normal.toDoubles(), 4 * Math.ulp(2.0), "some roundings of size 2");
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void ordersAndMasksFollowFromTheSameWords(Philox draws) {
    Tensor order = Tensor.zeros(DType.I32, 8);
    draws.permutation(order, "head.order", STEP);
    assertArrayEquals(new int[] {0, 2, 1, 3, 5, 7, 6, 4}, order.ints());
    Tensor mask = Tensor.zeros(DType.U8, 12);
    draws.keep(mask, 0.5, "head.dropout", STEP);
    assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0}, mask.bytes());
  }
}
