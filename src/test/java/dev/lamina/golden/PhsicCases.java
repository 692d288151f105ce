package dev.lamina.golden;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/// How the cases of rules with local objectives are computed; the table is by beginning of name.
final class PhsicCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("ph_objective_grouped_", PhsicRuleCases::objective),
          entry("ph_objective_center_width", PhsicRuleCases::centredOverWidth),
          entry("ph_three_factor_", PhsicRuleCases::threeFactor),
          entry("ph_pairwise_gaussian", PhsicRuleCases::pairs),
          entry("ph_layer_class_", PhsicRuleCases::classifier),
          entry("ph_mlp_", PhsicTrajectory::compute),
          entry("ph_conv_", PhsicTrajectory::compute));

  private PhsicCases() {}

  /// Computes a case and checks its outputs.
  static void compute(GoldenCase c) {
    BY_NAME.entrySet().stream()
        .filter(e -> c.name().startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .orElseThrow(() -> new AssertionError("nothing computes " + c.name()))
        .getValue()
        .accept(c);
  }
}
