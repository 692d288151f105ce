package dev.lamina.measure;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.GradientCheck;
import dev.lamina.testkit.Numbers;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every closed-form gradient against finite differences, in F64.
class MeasureGradientTest {
  private static final int M = 6;
  private static final Kernels K = new ReferenceKernels();
  private static final Numbers NUMBERS = Numbers.of(K, DType.F64);

  private final Tensor z = NUMBERS.normal("z", M, 4);
  private final Tensor ky = matrix(Gaussian.scaled(K, M, 1), NUMBERS.normal("y", M, 3));

  static List<Similarity> similarities() {
    return List.of(
        new Linear(K, M),
        new Cosine(K, M),
        Gaussian.scaled(K, M, 0.8),
        Gaussian.unscaled(K, M, 1.7),
        Gaussian.lessOne(K, M, 1.7));
  }

  private static Tensor square() {
    return Tensor.zeros(DType.F64, M, M);
  }

  private static Tensor matrix(Similarity similarity, Tensor z) {
    Tensor k = square();
    similarity.matrix(k, z);
    return k;
  }

  /// Checks the gradient of `f` of the kernel matrix, whose derivative by the matrix is `g`.
  private void verify(Similarity similarity, Tensor g, ToDoubleFunction<Tensor> f) {
    Tensor dz = Tensor.zeros(DType.F64, z.shape());
    similarity.gradient(dz, g, matrix(similarity, z), z);
    String what = similarity.getClass().getSimpleName() + ", seed " + NUMBERS.seed();
    GradientCheck.verify(what, dz, z, () -> f.applyAsDouble(matrix(similarity, z)));
  }

  @ParameterizedTest
  @MethodSource("similarities")
  void similaritiesSendAnySymmetricDerivativeToTheSamples(Similarity similarity) {
    Tensor g = NUMBERS.normal("g", M, M);
    K.matrices().symmetricProduct(g, g.copy(), g.copy());
    verify(similarity, g, k -> dot(g, k));
  }

  private static double dot(Tensor a, Tensor b) {
    Tensor out = Tensor.zeros(DType.F64, 1);
    K.matrices().dot(out, a, b);
    return out.get(0);
  }

  @ParameterizedTest
  @MethodSource("similarities")
  void hsicHasItsCentredPartnerForDerivative(Similarity similarity) {
    for (Dependence dependence : List.of(new Hsic(K), new PlausibleHsic(K, M))) {
      Tensor centered = square();
      dependence.center(centered, ky);
      Tensor g = square();
      K.affine(g, centered, 1.0 / (M * M), 0);
      verify(similarity, g, k -> value(dependence, centered, k));
    }
  }

  private static double value(Dependence dependence, Tensor centered, Tensor k) {
    Tensor out = Tensor.zeros(DType.F64, 1);
    dependence.value(out, centered, k);
    return out.get(0);
  }

  @ParameterizedTest
  @MethodSource("similarities")
  void ckaFollowsTheQuotientRule(Similarity similarity) {
    Cka cka = new Cka(K, M);
    Tensor b = square();
    cka.center(b, ky);
    Tensor a = matrix(similarity, z);
    cka.center(a, a);
    Tensor g = square();
    cka.gradient(g, a, b);
    verify(similarity, g, k -> alignment(cka, k, b));
  }

  private static double alignment(Cka cka, Tensor k, Tensor b) {
    Tensor a = square();
    Tensor out = Tensor.zeros(DType.F64, 1);
    cka.center(a, k);
    cka.value(out, a, b);
    return out.get(0);
  }

  /// A ridge of 0.05: derivatives of higher order grow with its inverse, and with them the
  /// truncation of the differences.
  @ParameterizedTest
  @MethodSource("similarities")
  void normalizedHsicHasTheDerivativeOfBothTermsAtOnce(Similarity similarity) {
    NormalizedHsic nhsic = new NormalizedHsic(K, M, 0.05);
    Tensor constant = matrix(Gaussian.scaled(K, M, 1), NUMBERS.normal("x", M, 3));
    Tensor ry = square();
    nhsic.normalize(constant, constant);
    nhsic.normalize(ry, ky);
    K.addScaled(constant, -1.5, ry);
    Tensor r = square();
    nhsic.normalize(r, matrix(similarity, z));
    Tensor g = square();
    nhsic.gradient(g, constant);
    verify(similarity, g, k -> normalized(nhsic, k, constant));
  }

  private static double normalized(NormalizedHsic nhsic, Tensor k, Tensor constant) {
    Tensor r = square();
    nhsic.normalize(r, k);
    return dot(r, constant);
  }

  @ParameterizedTest
  @MethodSource("similarities")
  void theKernelBottleneckHasTheDerivativeOfItsLoss(Similarity similarity) {
    for (Dependence dependence : List.of(new Hsic(K), new PlausibleHsic(K, M))) {
      KernelBottleneck bottleneck = new KernelBottleneck(K, dependence, 1.5);
      Tensor labels = square();
      dependence.center(labels, ky);
      Tensor g = square();
      bottleneck.compute(g, matrix(similarity, z), labels);
      verify(
          similarity,
          g,
          k -> {
            bottleneck.compute(square(), k, labels);
            return bottleneck.loss().get(0);
          });
    }
  }
}
