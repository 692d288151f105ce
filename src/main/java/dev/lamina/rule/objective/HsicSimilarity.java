package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.measure.Gaussian;
import dev.lamina.measure.LabelKernel;
import dev.lamina.measure.NormalizedHsic;
import dev.lamina.network.Settings;

/// How nHSIC compares the samples of a batch: widths of Gaussian kernels and the coding of labels.
///
/// ```yaml
/// sigma: 5            # or sigma-x, sigma-y, sigma-z: of input, labels and output
/// scaled: true        # widths are per feature: exp(-D / 2σ²d), else exp(-D / 2σ²)
/// epsilon: 1.0e-5     # the ridge per sample
/// labels: one-hot     # or scalar: neighbouring classes are similar
/// ```
///
/// Source: `specs/hsic-bottleneck.md`, 2.2, 2.4 and 14.4.
///
/// @param sigmaX width for the network's input
/// @param sigmaY width for the labels
/// @param sigmaZ width for the block's output
/// @param scaled whether widths are per feature
/// @param epsilon ε, the ridge per sample
/// @param labels what a label is compared as
public record HsicSimilarity(
    double sigmaX, double sigmaY, double sigmaZ, boolean scaled, double epsilon, Coding labels) {
  private static final double DEFAULT_SIGMA = 5;

  /// What a label is compared as.
  public enum Coding {
    /// A unit vector with as many columns as there are classes.
    ONE_HOT,
    /// The number of the class.
    SCALAR
  }

  /// One width for everything, per feature, with one-hot labels.
  public HsicSimilarity(double sigma) {
    this(sigma, sigma, sigma, true, NormalizedHsic.EPSILON, Coding.ONE_HOT);
  }

  /// Reads the keys above.
  public static HsicSimilarity of(Settings s) {
    double sigma = s.positive("sigma", DEFAULT_SIGMA);
    return new HsicSimilarity(
        s.positive("sigma-x", sigma),
        s.positive("sigma-y", sigma),
        s.positive("sigma-z", sigma),
        s.flag("scaled", true),
        s.positive("epsilon", NormalizedHsic.EPSILON),
        s.choice("labels", Coding.class, Coding.ONE_HOT));
  }

  /// The kernel of a width.
  Gaussian gaussian(Kernels kernels, int capacity, double sigma) {
    return scaled
        ? Gaussian.scaled(kernels, capacity, sigma)
        : Gaussian.unscaled(kernels, capacity, sigma);
  }

  /// The kernel of the labels.
  LabelKernel ofLabels(Kernels kernels, int capacity, int classes) {
    Gaussian gaussian = gaussian(kernels, capacity, sigmaY);
    return labels == Coding.SCALAR
        ? LabelKernel.scalar(kernels, capacity, gaussian)
        : LabelKernel.oneHot(kernels, capacity, classes, gaussian);
  }
}
