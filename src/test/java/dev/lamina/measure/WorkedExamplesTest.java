package dev.lamina.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The worked examples of `specs/hsic-bottleneck.md`, 15, and `specs/phsic.md`, 20, as far as they
/// are measures; half a unit of the last printed digit is allowed.
class WorkedExamplesTest {
  private static final Kernels K = new ReferenceKernels();

  @Test
  void normalizedHsicOfTwoSamplesPushesTheClassesApart() {
    Gaussian gaussian = Gaussian.scaled(K, 2, 1);
    NormalizedHsic nhsic = new NormalizedHsic(K, 2, 1e-5);
    Tensor rx = matrix(gaussian, Tensor.of(new double[] {0, 0, 1, 1}, 2, 2));
    Tensor ry = Tensor.zeros(DType.F64, 2, 2);
    LabelKernel.oneHot(K, 2, 2, gaussian).matrix(ry, Tensor.of(new int[] {0, 1}));
    assertEquals(0.6065306597, rx.get(1), 5e-11);
    assertEquals(0.6065306597, ry.get(1), 5e-11);
    nhsic.normalize(rx, rx);
    nhsic.normalize(ry, ry);
    assertEquals(0.4999745864, rx.get(0), 5e-11);
    Tensor z = Tensor.of(new double[] {0.2, 0.9}, 2, 1);
    Tensor k = matrix(gaussian, z);
    assertEquals(0.7827045382, k.get(1), 5e-11);
    Tensor rz = Tensor.zeros(DType.F64, 2, 2);
    nhsic.normalize(rz, k);
    assertEquals(0.4999539839, rz.get(0), 5e-11);
    Tensor out = Tensor.zeros(DType.F64, 1);
    nhsic.value(out, rz, rx);
    assertEquals(0.9998571453, out.get(0), 5e-11);
    K.addScaled(rx, -2, ry); // M = R_x - 2 R_y
    Tensor g = Tensor.zeros(DType.F64, 2, 2);
    nhsic.gradient(g, rx);
    // Exact arithmetic gives ...696e-4; the example was printed without taking off A's rounding.
    assertEquals(-2.1173692e-4, g.get(0), 5e-11);
    assertEquals(2.1173692e-4, g.get(1), 5e-11);
    Tensor dz = Tensor.zeros(DType.F64, 2, 1);
    gaussian.gradient(dz, g, k, z);
    assertEquals(2.320185e-4, dz.get(0), 5e-11);
    assertEquals(-2.320185e-4, dz.get(1), 5e-11);
  }

  /// The centred group variances of the example, as they are printed there.
  private static final double[] V = {-0.29224438, 0.29224438, -0.29806718, 0.29806718, 0, 0};

  private static final int[] LABELS = {0, 0, 1};

  @Test
  void thePlausibleBottleneckOfGroupedActivationsHasTheListedGradient() {
    Tensor v = Tensor.of(V.clone(), 3, 2);
    Gaussian gaussian = Gaussian.lessOne(K, 3, 1);
    Tensor k = matrix(gaussian, v);
    assertEquals(0.9999661 - 1, k.get(1), 5e-8);
    assertEquals(0.91813873 - 1, k.get(2), 5e-8);
    KernelBottleneck bottleneck = new KernelBottleneck(K, new PlausibleHsic(K, 3), 2);
    Tensor dk = compute(bottleneck, k);
    assertEquals(0.00171947021, bottleneck.zz().get(0), 1e-9);
    assertEquals(0.03089738597, bottleneck.zy().get(0), 1e-8);
    assertEquals(-0.06007530173, bottleneck.loss().get(0), 1e-8);
    assertEquals(-0.13990583, dk.get(0), 1e-8);
    assertEquals(0.17523611, dk.get(2), 1e-8);
    Tensor dv = Tensor.zeros(DType.F64, 3, 2);
    gaussian.gradient(dv, dk, k, v);
    double[] want = {0.09566834, -0.09566834, 0.09357238, -0.09357238, -0.18924071, 0.18924071};
    for (int i = 0; i < want.length; i++) {
      assertEquals(want[i], dv.get(i), 2e-8);
    }
  }

  @Test
  void cosineOfPlainActivationsHasTheListedValues() {
    double[] z = {1, -0.01, 0, 2, 0, 1, 2, -0.01, 1, 0, 2, 1};
    Tensor k = matrix(new Cosine(K, 3), Tensor.of(z, 3, 4));
    assertEquals(-0.00599988, k.get(1), 5e-9);
    assertEquals(0.54771708, k.get(2), 5e-9);
    assertEquals(0.72846372, k.get(5), 5e-9);
    KernelBottleneck bottleneck = new KernelBottleneck(K, new PlausibleHsic(K, 3), 2);
    compute(bottleneck, k);
    assertEquals(0.13897284, bottleneck.zz().get(0), 5e-9);
    assertEquals(-0.01499643, bottleneck.zy().get(0), 5e-9);
    assertEquals(0.16896569, bottleneck.loss().get(0), 5e-9);
  }

  private static Tensor compute(KernelBottleneck bottleneck, Tensor k) {
    Tensor l = Tensor.zeros(DType.F64, 3, 3);
    Tensor dk = Tensor.zeros(DType.F64, 3, 3);
    LabelKernel.centered(K, 3, 3, new Cosine(K, 3)).matrix(l, Tensor.of(LABELS.clone()));
    new PlausibleHsic(K, 3).center(l, l);
    bottleneck.compute(dk, k, l);
    return dk;
  }

  private static Tensor matrix(Similarity similarity, Tensor z) {
    Tensor k = Tensor.zeros(DType.F64, z.axis(0), z.axis(0));
    similarity.matrix(k, z);
    return k;
  }
}
