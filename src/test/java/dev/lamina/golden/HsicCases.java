package dev.lamina.golden;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/// How each case of HSIC training, its phases, evaluations and figures is computed.
final class HsicCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("hb_train_", HsicTrainingCases::compute),
          entry("hb_backprop_monitor", HsicPhaseCases::monitor),
          entry("hb_format", HsicPhaseCases::format),
          entry("hb_sigma_combined", HsicPhaseCases::combined),
          entry("hb_solve_accuracy", HsicMeasureCases::solve),
          entry("hb_epoch_metrics", HsicMeasureCases::metrics),
          entry("hb_activation_distribution", HsicMeasureCases::distribution),
          entry("hb_needle_kde", HsicMeasureCases::density),
          entry("hb_curve_smoothing", HsicMeasureCases::smoothing));

  private HsicCases() {}

  static void compute(GoldenCase c) {
    BY_NAME.entrySet().stream()
        .filter(e -> c.name().startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .orElseThrow(() -> new AssertionError("nothing computes " + c.name()))
        .getValue()
        .accept(c);
  }
}
