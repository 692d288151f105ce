package dev.lamina.rule.plasticity;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// How far a Hebbian layer's weights are from unit norm (`specs/softhebb.md`, section 9).
///
/// @param norms r_o = ‖w_o‖_ℓ, `[out]`
/// @param convergence mean of |r_o - 1|
/// @param unitNorms number of neurons with |r_o - 1| below 1e-2 (convolution) or 5e-3 (dense): R1
/// @param meanWeight mean over neurons of the mean weight: MW
/// @param weightDeviation unbiased standard deviation of all weights: SW
/// @param meanNorm mean of r: MR
/// @param normDeviation unbiased standard deviation of r: SR
/// @param meanDistance mean of |r_o - mean r|: MeD
/// @param largestDistance largest |r_o - mean r|: MaD
public record WeightStatistics(
    List<Double> norms,
    double convergence,
    int unitNorms,
    double meanWeight,
    double weightDeviation,
    double meanNorm,
    double normDeviation,
    double meanDistance,
    double largestDistance) {

  /// The statistics of weights `[out, kh, kw, in]` or `[out, in]` with norm order ℓ.
  public static WeightStatistics of(Tensor w, double order) {
    int outputs = w.axis(0);
    int fanIn = w.size() / Math.max(1, outputs);
    double[] all = w.toDoubles();
    double[] norms = new double[outputs];
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int i = 0; i < fanIn; i++) {
        sum += StrictMath.pow(Math.abs(all[o * fanIn + i]), order);
      }
      norms[o] = StrictMath.pow(sum, 1 / order);
    }
    double tolerance = w.shape().rank() > 2 ? 1e-2 : 5e-3;
    double convergence = 0;
    int unit = 0;
    for (double r : norms) {
      convergence += Math.abs(r - 1) / outputs;
      unit += Math.abs(r - 1) < tolerance ? 1 : 0;
    }
    double meanNorm = mean(norms);
    double meanDistance = 0;
    double largestDistance = 0;
    for (double r : norms) {
      meanDistance += Math.abs(r - meanNorm) / outputs;
      largestDistance = Math.max(largestDistance, Math.abs(r - meanNorm));
    }
    return new WeightStatistics(
        Arrays.stream(norms).boxed().toList(),
        convergence,
        unit,
        mean(all),
        deviation(all),
        meanNorm,
        deviation(norms),
        meanDistance,
        largestDistance);
  }

  /// The mean of some values; 0 of none.
  public static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return values.length == 0 ? 0 : sum / values.length;
  }

  /// The unbiased standard deviation of some values.
  public static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / (values.length - 1));
  }
}
