package dev.lamina.golden;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/// How each `sh_*` case is computed through public API; the table is by beginning of name.
final class SoftHebbCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("sh_init", SoftHebbMeasureCases::initialScales),
          entry("sh_wta_", SoftHebbRuleCases::competition),
          entry("sh_conv_", SoftHebbRuleCases::plasticity),
          entry("sh_dense_", SoftHebbRuleCases::plasticity),
          entry("sh_edge_", SoftHebbRuleCases::plasticity),
          entry("sh_supervised_hebb", SoftHebbRuleCases::supervised),
          entry("sh_blocks", SoftHebbNetworkCases::blocks),
          entry("sh_net_random", SoftHebbNetworkCases::random),
          entry("sh_net_consecutive", SoftHebbNetworkCases::consecutive),
          entry("sh_net_greedy", SoftHebbNetworkCases::greedy),
          entry("sh_net_classifier", SoftHebbNetworkCases::classifier),
          entry("sh_net_simultaneous", SoftHebbNetworkCases::simultaneous),
          entry("sh_net_mlp", SoftHebbNetworkCases::mlp),
          entry("sh_bp_", c -> new BackpropCase(c).compute()),
          entry("sh_post_hoc", SoftHebbNetworkCases::postHoc),
          entry("sh_pgd", AnalysisCases::projectedGradientDescent),
          entry("sh_receptive_field_", AnalysisCases::receptiveField),
          entry("sh_patch_boxes", AnalysisCases::patchBoxes),
          entry("sh_rate", SoftHebbMeasureCases::rates),
          entry("sh_stats_", SoftHebbMeasureCases::statistics),
          entry("sh_unsup_eval_", SoftHebbMeasureCases::neuronLabels),
          entry("sh_operations", SoftHebbMeasureCases::sampleNorms),
          entry("sh_att_dropout", SoftHebbMeasureCases::attentionDropout),
          entry("sh_zca", SoftHebbMeasureCases::whitening));

  private SoftHebbCases() {}

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
