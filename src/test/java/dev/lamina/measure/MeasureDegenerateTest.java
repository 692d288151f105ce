package dev.lamina.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Degenerate batches: `specs/hsic-bottleneck.md`, 4.6, and `specs/phsic.md`, 14, in F32 and F64.
class MeasureDegenerateTest {
  /// A tier and the type of the samples.
  record Way(Kernels kernels, DType type) {
    Tensor normal(String name, int... axes) {
      return Numbers.of(kernels, type).normal(name, axes);
    }
  }

  static List<Way> ways() {
    Kernels reference = new ReferenceKernels();
    Kernels vector = new VectorKernels(2, reference);
    return List.of(
        new Way(reference, DType.F64), new Way(vector, DType.F32), new Way(vector, DType.F64));
  }

  /// What nHSIC makes of two sets of samples.
  ///
  /// @param value nHSIC(Z, X)
  /// @param gradient its gradient by Z
  private record Outcome(double value, Tensor gradient) {
    static Outcome of(Kernels k, Tensor z, Tensor x) {
      int m = z.axis(0);
      Gaussian gaussian = Gaussian.scaled(k, m, 5);
      NormalizedHsic nhsic = new NormalizedHsic(k, m, NormalizedHsic.EPSILON);
      Tensor rx = Tensor.zeros(DType.F64, m, m);
      Tensor kz = Tensor.zeros(DType.F64, m, m);
      Tensor g = Tensor.zeros(DType.F64, m, m);
      Tensor out = Tensor.zeros(DType.F64, 1);
      Tensor dz = Tensor.zeros(z.type(), z.shape());
      gaussian.matrix(rx, x);
      nhsic.normalize(rx, rx);
      gaussian.matrix(kz, z);
      nhsic.normalize(g, kz);
      nhsic.value(out, g, rx);
      nhsic.gradient(g, rx);
      gaussian.gradient(dz, g, kz, z);
      return new Outcome(out.get(0), dz);
    }

    void verifyZero(double bound) {
      assertEquals(0, value, bound);
      for (double d : gradient.toDoubles()) {
        assertEquals(0, d, bound);
      }
    }

    void verifyFinite() {
      assertTrue(Double.isFinite(value));
      for (double d : gradient.toDoubles()) {
        assertTrue(Double.isFinite(d));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void constantActivationsDependOnNothing(Way way) {
    Tensor z = Tensor.zeros(way.type, 15, 4);
    way.kernels.fill(z, 0.7);
    // In F32 the last product adds 15 rounded terms that cancel.
    double bound = way.type == DType.F64 ? 1e-11 : 1e-4;
    Outcome.of(way.kernels, z, way.normal("x", 15, 6)).verifyZero(bound);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void oneSampleDependsOnNothing(Way way) {
    Outcome.of(way.kernels, way.normal("z", 1, 4), way.normal("x", 1, 6)).verifyZero(1e-11);
    for (Dependence d :
        List.of(
            new Hsic(way.kernels), Hsic.ofPapers(way.kernels), new PlausibleHsic(way.kernels, 1))) {
      Tensor k = Tensor.of(new double[] {0.8}, 1, 1);
      Tensor out = Tensor.zeros(DType.F64, 1);
      d.center(k, k);
      d.value(out, k, Tensor.of(new double[] {0.8}, 1, 1));
      assertEquals(0, Math.abs(out.get(0)));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void duplicatesHugeAndZeroSamplesStayFinite(Way way) {
    Tensor x = way.normal("x", 9, 6);
    Tensor z = way.normal("z", 9, 4);
    z.rows(1, 2).copyFrom(z.rows(0, 1));
    z.rows(2, 3).copyFrom(z.rows(0, 1));
    Outcome.of(way.kernels, z, x).verifyFinite();
    way.kernels.affine(z, z, 1e15, 0);
    Outcome.of(way.kernels, z, x).verifyFinite();
    way.kernels.fill(z.rows(3, 4), 0);
    Outcome.of(way.kernels, z, x).verifyFinite();
    way.kernels.fill(z, 0);
    Outcome.of(way.kernels, z, x).verifyFinite();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aZeroSampleIsSimilarToNothing(Way way) {
    Tensor z = way.normal("z", 5, 4);
    way.kernels.fill(z.rows(2, 3), 0);
    Cosine cosine = new Cosine(way.kernels, 5);
    Tensor k = Tensor.zeros(DType.F64, 5, 5);
    cosine.matrix(k, z);
    for (int j = 0; j < 5; j++) {
      assertEquals(0, Math.abs(k.get(10 + j)));
      assertEquals(0, Math.abs(k.get(5 * j + 2)));
    }
    Tensor dz = Tensor.zeros(way.type, 5, 4);
    cosine.gradient(dz, k, k, z);
    for (double d : dz.toDoubles()) {
      assertTrue(Double.isFinite(d));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void oneClassLeavesOnlyTheCompression(Way way) {
    Tensor labels = Tensor.of(new int[] {2, 2, 2, 2, 2, 2, 2});
    Tensor l = Tensor.zeros(DType.F64, 7, 7);
    Dependence plausible = new PlausibleHsic(way.kernels, 7);
    LabelKernel.centered(way.kernels, 7, 10, new Cosine(way.kernels, 7)).matrix(l, labels);
    plausible.center(l, l);
    for (double value : l.toDoubles()) {
      assertEquals(0, Math.abs(value));
    }
    LabelKernel.oneHot(way.kernels, 7, 10, Gaussian.scaled(way.kernels, 7, 5)).matrix(l, labels);
    new NormalizedHsic(way.kernels, 7, 1e-5).normalize(l, l);
    for (double value : l.toDoubles()) {
      assertEquals(0, value, 1e-11);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aConstantIsAlignedWithNothing(Way way) {
    Cka cka = new Cka(way.kernels, 4);
    Tensor constant = Tensor.zeros(DType.F64, 4, 4);
    Tensor b = Tensor.zeros(DType.F64, 4, 4);
    Tensor out = Tensor.zeros(DType.F64, 1);
    Tensor g = Tensor.zeros(DType.F64, 4, 4);
    new Linear(way.kernels, 4).matrix(b, way.normal("b", 4, 3));
    cka.center(b, b);
    cka.value(out, constant, b);
    assertEquals(0, Math.abs(out.get(0)));
    cka.gradient(g, constant, b);
    for (double d : g.toDoubles()) {
      assertEquals(0, Math.abs(d));
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whatIsNotFiniteIsAnErrorThatNamesTheSample(Way way) {
    for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      Tensor z = way.normal("z", 5, 4);
      z.set(13, bad);
      Tensor k = Tensor.zeros(DType.F64, 5, 5);
      for (Similarity similarity :
          List.of(
              new Linear(way.kernels, 5),
              new Cosine(way.kernels, 5),
              Gaussian.scaled(way.kernels, 5, 1))) {
        LaminaException e = assertThrows(LaminaException.class, () -> similarity.matrix(k, z));
        assertTrue(e.getMessage().contains("sample 3 of a batch of [5, 4]"), e.getMessage());
      }
    }
    Tensor k = Tensor.zeros(DType.F64, 5, 5);
    k.set(7, Double.NaN);
    NormalizedHsic nhsic = new NormalizedHsic(way.kernels, 5, 1e-5);
    assertThrows(LaminaException.class, () -> nhsic.normalize(k, k));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void wrongSettingsAreErrorsThatSayWhatToDo(Way way) {
    Kernels k = way.kernels;
    assertThrows(LaminaException.class, () -> Gaussian.scaled(k, 4, 0));
    assertThrows(LaminaException.class, () -> Gaussian.lessOne(k, 4, Double.NaN));
    assertThrows(LaminaException.class, () -> new NormalizedHsic(k, 4, 0));
    Tensor three = Tensor.zeros(DType.F64, 3, 3);
    assertThrows(
        LaminaException.class,
        () -> new UnbiasedHsic(k, 3).value(Tensor.zeros(DType.F64, 1), three, three));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Linear(k, 2).matrix(three, way.normal("z", 3, 2)));
  }
}
