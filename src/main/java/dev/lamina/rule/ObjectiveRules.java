package dev.lamina.rule;

import dev.lamina.network.Probe;
import dev.lamina.network.Rule;
import dev.lamina.network.Settings;
import dev.lamina.rule.objective.LayerWise;
import dev.lamina.rule.objective.Phsic;
import dev.lamina.rule.objective.PhsicProbe;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The names and settings of the rules with an objective of their own.
final class ObjectiveRules {
  private static final double SIGMA = 5;

  private ObjectiveRules() {}

  static Map<String, Function<Settings, Rule>> rules() {
    return Map.of("phsic", ObjectiveRules::phsic, "layer-wise", ObjectiveRules::layerWise);
  }

  static Probe phsicProbe(Settings s) {
    return new PhsicProbe(s.text("block"), s.integer("every", 1, 1), phsic(s));
  }

  private static Phsic phsic(Settings s) {
    Optional<Phsic.Groups> groups = groups(s);
    return new Phsic(
        kernel(s, "kernel", "sigma"),
        new Phsic.Labels(kernel(s, "label-kernel", "label-sigma"), s.flag("center-labels", true)),
        s.nonNegative("gamma", 2),
        s.choice("estimate", Phsic.Estimate.class, Phsic.Estimate.PLAUSIBLE),
        groups,
        s.flag("center", groups.isPresent()),
        at(s));
  }

  private static Rule layerWise(Settings s) {
    return new LayerWise(
        s.integer("projection", 1, 2048),
        s.choice("feedback", LayerWise.Feedback.class, LayerWise.Feedback.WEIGHTS),
        at(s));
  }

  private static Phsic.Kernel kernel(Settings s, String kind, String sigma) {
    return new Phsic.Kernel(
        s.choice(kind, Phsic.Kernel.Kind.class, Phsic.Kernel.Kind.COSINE),
        s.positive(sigma, SIGMA));
  }

  private static Optional<Phsic.Groups> groups(Settings s) {
    int count = s.integer("groups", 0, 0);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            new Phsic.Groups(count, s.positive("grouping-power", 0.5), s.nonNegative("delta", 1)));
  }

  private static Optional<String> at(Settings s) {
    return s.has("at") ? Optional.of(s.text("at")) : Optional.empty();
  }
}
