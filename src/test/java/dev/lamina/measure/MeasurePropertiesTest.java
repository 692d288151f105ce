package dev.lamina.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.kernel.vector.VectorKernels;
import dev.lamina.linalg.SymmetricEigen;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Close;
import dev.lamina.testkit.Numbers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The properties of measures in `specs/hsic-bottleneck.md`, 16 (1 to 6), and `specs/phsic.md`, 18,
/// on every tier.
class MeasurePropertiesTest {
  private static final int M = 23;
  private static final int CLASSES = 4;
  private static final double EPSILON = 1e-4;

  /// What rounding leaves of a number of size 1 that should be 0, after some hundred operations.
  private static final double ROUNDING = 1e-12;

  static List<Kernels> tiers() {
    Kernels reference = new ReferenceKernels();
    return List.of(reference, new VectorKernels(2, reference));
  }

  /// Samples of one run on one tier.
  ///
  /// @param x samples of 5 features
  /// @param z samples of 7 features
  /// @param labels one of four classes each, every class present
  private record Run(Kernels k, Tensor x, Tensor z, Tensor labels) {
    static Run on(Kernels k) {
      Numbers numbers = Numbers.of(k, DType.F64);
      return new Run(
          k,
          numbers.normal("x", M, 5),
          numbers.normal("z", M, 7),
          numbers.labels("labels", M, CLASSES));
    }

    Gaussian gaussian() {
      return Gaussian.scaled(k, M, 1.5);
    }

    Tensor matrix(Similarity similarity, Tensor samples) {
      Tensor matrix = square();
      similarity.matrix(matrix, samples);
      return matrix;
    }

    Tensor normalized(Tensor matrix) {
      Tensor r = square();
      new NormalizedHsic(k, M, EPSILON).normalize(r, matrix);
      return r;
    }

    Tensor labelMatrix() {
      Tensor l = square();
      LabelKernel.oneHot(k, M, CLASSES, gaussian()).matrix(l, labels);
      return l;
    }

    double dot(Tensor a, Tensor b) {
      Tensor out = Tensor.zeros(DType.F64, 1);
      k.matrices().dot(out, a, b);
      return out.get(0);
    }

    /// The gradient of nHSIC(Z, X) by Z.
    Tensor gradient(Tensor samples, Tensor rx) {
      NormalizedHsic nhsic = new NormalizedHsic(k, M, EPSILON);
      Tensor kz = matrix(gaussian(), samples);
      Tensor g = square();
      Tensor dz = Tensor.zeros(samples.type(), samples.shape());
      nhsic.normalize(g, kz);
      nhsic.gradient(g, rx);
      gaussian().gradient(dz, g, kz, samples);
      return dz;
    }
  }

  private static Tensor square() {
    return Tensor.zeros(DType.F64, M, M);
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void normalizedHsicIsSymmetricAndBoundedByRanks(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor rx = run.normalized(run.matrix(run.gaussian(), run.x));
    Tensor rz = run.normalized(run.matrix(run.gaussian(), run.z));
    Tensor ry = run.normalized(run.labelMatrix());
    assertEquals(run.dot(rx, rz), run.dot(rz, rx), ROUNDING);
    assertTrue(run.dot(rx, rz) >= 0 && run.dot(rx, rz) <= M - 1);
    assertTrue(run.dot(rz, ry) >= 0 && run.dot(rz, ry) <= CLASSES - 1);
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void normalizedMatricesHaveEigenvaluesBelowOneAndNoConstantDirection(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor r = run.normalized(run.matrix(run.gaussian(), run.z));
    for (double value : SymmetricEigen.of(r.toDoubles(), M).values()) {
      assertTrue(value > -1e-9 && value < 1, "eigenvalue " + value);
    }
    Tensor sums = Tensor.zeros(DType.F64, M);
    kernels.reduce(sums, Reduction.SUM, r, 1);
    // A has an entry of 1 / (m λ) = 1 / (m² ε) along the constant direction: twenty roundings of
    // it.
    for (double sum : sums.toDoubles()) {
      assertEquals(0, sum, 1e-10);
    }
    assertTrue(run.dot(r, r) <= run.dot(r, identity()) + 1e-9);
  }

  private static Tensor identity() {
    Tensor identity = square();
    for (int i = 0; i < M; i++) {
      identity.set(i * (M + 1), 1);
    }
    return identity;
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void nothingDependsOnTheOrderOfSamples(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor rx = run.normalized(run.matrix(run.gaussian(), run.x));
    Tensor dz = run.gradient(run.z, rx);
    Tensor xTurned = turned(run.x);
    Tensor zTurned = turned(run.z);
    Tensor rxTurned = run.normalized(run.matrix(run.gaussian(), xTurned));
    Tensor rzTurned = run.normalized(run.matrix(run.gaussian(), zTurned));
    double value = run.dot(rx, run.normalized(run.matrix(run.gaussian(), run.z)));
    assertEquals(value, run.dot(rxTurned, rzTurned), 1e-9 * value);
    Close.verify("gradient", turned(dz), run.gradient(zTurned, rxTurned));
  }

  /// The samples in reversed order.
  private static Tensor turned(Tensor t) {
    Tensor turned = Tensor.zeros(t.type(), t.shape());
    for (int i = 0; i < M; i++) {
      turned.rows(i, i + 1).copyFrom(t.rows(M - 1 - i, M - i));
    }
    return turned;
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void translationAndRotationOfSamplesChangeNothing(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor rx = run.normalized(run.matrix(run.gaussian(), run.x));
    Tensor dz = run.gradient(run.z, rx);
    Tensor sums = Tensor.zeros(DType.F64, 7);
    kernels.columnSums(sums, dz);
    for (double sum : sums.toDoubles()) {
      assertEquals(0, sum, ROUNDING * M);
    }
    Tensor moved = run.z.copy();
    kernels.affine(moved, run.z, 1, 3);
    Close.verify("gradient of Z + c", dz, run.gradient(moved, rx));
    Tensor rotation = Tensor.of(SymmetricEigen.of(symmetric(run, 7), 7).vectors(), 7, 7);
    Tensor rotated = Tensor.zeros(DType.F64, run.z.shape());
    kernels.gemm(rotated, run.z, false, rotation, false, 0);
    Close.verify(
        "kernel of Z U", run.matrix(run.gaussian(), run.z), run.matrix(run.gaussian(), rotated));
  }

  private static double[] symmetric(Run run, int n) {
    Tensor s = Tensor.zeros(DType.F64, n, n);
    run.k.gemm(s, run.z, true, run.z, false, 0);
    return s.toDoubles();
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void scalingWithTheWidthAndRepeatingFeaturesChangeNothing(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor k = run.matrix(run.gaussian(), run.z);
    Tensor scaled = run.z.copy();
    kernels.affine(scaled, scaled, 4, 0);
    Close.verify("4 Z, 4 σ", k, run.matrix(Gaussian.scaled(kernels, M, 6), scaled));
    Tensor twice = Tensor.zeros(DType.F64, M, 14);
    for (int i = 0; i < twice.size(); i++) {
      twice.set(i, run.z.get(i / 14 * 7 + i % 7));
    }
    Close.verify("[Z Z]", k, run.matrix(run.gaussian(), twice));
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void aSmallerRidgeMeansMoreDependence(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor k = run.matrix(run.gaussian(), run.z);
    double before = 0;
    for (double epsilon : new double[] {1e-2, 1e-3, 1e-4, 1e-5}) {
      Tensor r = square();
      new NormalizedHsic(kernels, M, epsilon).normalize(r, k);
      double value = run.dot(r, r);
      assertTrue(value > before, epsilon + ": " + value + " after " + before);
      before = value;
    }
  }

  // ---- specs/phsic.md, 18

  @ParameterizedTest
  @MethodSource("tiers")
  void plausibleHsicIsAVarianceAndIgnoresConstants(Kernels kernels) {
    Run run = Run.on(kernels);
    Dependence plausible = new PlausibleHsic(kernels, M);
    Tensor a = run.matrix(run.gaussian(), run.z);
    Tensor b = run.matrix(new Cosine(kernels, M), run.x);
    double ab = value(plausible, a, b);
    assertEquals(ab, value(plausible, b, a), ROUNDING);
    Tensor moved = square();
    kernels.affine(moved, a, 1, 5);
    assertEquals(ab, value(plausible, moved, b), ROUNDING);
    Tensor variance = Tensor.zeros(DType.F64, 1);
    kernels.reduce(variance, Reduction.VARIANCE, a.reshape(M * M), 0);
    assertEquals(variance.get(0), value(plausible, a, a), ROUNDING);
    Dependence hsic = new Hsic(kernels);
    assertTrue(value(hsic, a, b) >= 0);
    kernels.matrices().center(moved, a);
    assertEquals(value(hsic, moved, b), value(plausible, moved, b), ROUNDING);
  }

  private static double value(Dependence dependence, Tensor a, Tensor b) {
    Tensor centered = square();
    Tensor out = Tensor.zeros(DType.F64, 1);
    dependence.center(centered, a);
    dependence.value(out, centered, b);
    return out.get(0);
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void cosineIgnoresTheLengthOfSamples(Kernels kernels) {
    Run run = Run.on(kernels);
    Cosine cosine = new Cosine(kernels, M);
    Tensor k = run.matrix(cosine, run.z);
    Tensor scales = Numbers.of(kernels, DType.F64).uniform("scales", M);
    kernels.affine(scales, scales, 3, 0.1);
    Tensor scaled = run.z.copy();
    kernels.combineRows(scaled, scaled, scales, Operation.MULTIPLY);
    Close.verify("K", k, run.matrix(cosine, scaled));
    Tensor dz = Tensor.zeros(DType.F64, run.z.shape());
    cosine.gradient(dz, run.matrix(run.gaussian(), run.x), k, run.z);
    kernels.combine(dz, dz, run.z, Operation.MULTIPLY);
    Tensor along = Tensor.zeros(DType.F64, M);
    kernels.reduce(along, Reduction.SUM, dz, 1);
    for (int i = 0; i < M; i++) {
      assertEquals(0, along.get(i), ROUNDING * M, "v · dv of sample " + i);
      assertEquals(1, k.get(i * (M + 1)), ROUNDING);
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void gaussianIsSymmetricBetweenZeroAndOne(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor k = run.matrix(Gaussian.unscaled(kernels, M, 0.9), run.z);
    Tensor lessOne = run.matrix(Gaussian.lessOne(kernels, M, 0.9), run.z);
    for (int i = 0; i < M; i++) {
      assertEquals(1, k.get(i * (M + 1)));
      for (int j = 0; j < M; j++) {
        double value = k.get(i * M + j);
        assertEquals(value, k.get(j * M + i));
        assertTrue(value >= 0 && value <= 1);
        assertEquals(value - 1, lessOne.get(i * M + j), 1e-15);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("tiers")
  void theOneLineFormsAgreeWithTheObjects(Kernels kernels) {
    Run run = Run.on(kernels);
    Tensor rx = run.normalized(run.matrix(run.gaussian(), run.x));
    Tensor kz = run.matrix(run.gaussian(), run.z);
    Tensor kx = run.matrix(run.gaussian(), run.x);
    assertEquals(value(new Hsic(kernels), kx, kz), Hsic.of(run.x, run.z, 1.5), ROUNDING);
    assertEquals(1, Cka.of(run.z, run.z), ROUNDING);
    Tensor out = Tensor.zeros(DType.F64, 1);
    NormalizedHsic nhsic = new NormalizedHsic(kernels, M, NormalizedHsic.EPSILON);
    Tensor rz = square();
    nhsic.normalize(rz, kz);
    nhsic.normalize(rx, kx);
    nhsic.value(out, rz, rx);
    assertEquals(out.get(0), NormalizedHsic.of(run.z, run.x, 1.5), 1e-9);
    Tensor cosines = run.matrix(new Cosine(kernels, M), run.z);
    assertEquals(
        value(new PlausibleHsic(kernels, M), cosines, cosines),
        PlausibleHsic.of(run.z, run.z),
        ROUNDING);
    assertEquals(0, Mmd.of(run.z, run.z, 1.5), ROUNDING);
    assertEquals(
        new Mmd(kernels, 1.5).joint(run.x, run.z),
        value(
            new Hsic(kernels),
            run.matrix(Gaussian.unscaled(kernels, M, 1.5), run.x),
            run.matrix(Gaussian.unscaled(kernels, M, 1.5), run.z)),
        ROUNDING);
    assertTrue(MeanSimilarity.of(run.x, 1.5) > 1.0 / M);
  }
}
