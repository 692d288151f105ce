package dev.lamina.guide;

import dev.lamina.measure.*;
import dev.lamina.tensor.Tensor;

/// Compares two sets of samples: features that depend on each other, and features that do not.
public final class CompareFeatures {
  static double[] compare(float[] x, float[] y, int samples) {
    Tensor a = Tensor.of(x, samples, x.length / samples);
    Tensor b = Tensor.of(y, samples, y.length / samples);
    double similar = Cka.of(a, b); //                 0 … 1, linear kernels
    double dependent = Hsic.of(a, b, 1); //           0 …, Gaussian kernels, width 1 per feature
    double normalized = NormalizedHsic.of(a, b, 1); // 0 … m - 1
    return new double[] {similar, dependent, normalized};
  }
}
