package dev.lamina.golden;

import static java.util.Map.entry;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/// How each `fb_*` case, and each `ph_*` case of error transport, is computed through public API;
/// the table is by beginning of name.
final class TransportCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("fb_dense_", FeedbackLayerCases::mode),
          entry("fb_conv_", FeedbackLayerCases::mode),
          entry("ph_feedback_", FeedbackLayerCases::feedbacks),
          entry("fb_init", FeedbackLayerCases::initial),
          entry("fb_metrics", FeedbackLayerCases::metrics),
          entry("fb_constrain", FeedbackLayerCases::constraint),
          entry("fb_mirror_", MirrorCases::learn),
          entry("fb_mirror_growth", MirrorCases::growth),
          entry("fb_fc_", FullyConnectedCase::train),
          entry("fb_fc_grads", FullyConnectedCase::gradients),
          entry("fb_lenet_grads_", FeedbackNetworkCase::gradients),
          entry("fb_train_", FeedbackNetworkCase::train),
          entry("fb_manhattan_", ManhattanCases::steps),
          entry("ph_optimizers", ManhattanCases::optimizers));

  private TransportCases() {}

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
