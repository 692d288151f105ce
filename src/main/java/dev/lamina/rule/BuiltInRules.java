package dev.lamina.rule;

import dev.lamina.kernel.Competition;
import dev.lamina.network.Described;
import dev.lamina.network.Kinds;
import dev.lamina.network.Probe;
import dev.lamina.network.Rule;
import dev.lamina.network.Settings;
import dev.lamina.network.Vocabulary;
import dev.lamina.rule.objective.HsicBottleneck;
import dev.lamina.rule.objective.HsicSimilarity;
import dev.lamina.rule.objective.NormalizedHsicProbe;
import dev.lamina.rule.objective.SolveAccuracy;
import dev.lamina.rule.plasticity.Rate;
import dev.lamina.rule.plasticity.SoftHebb;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The names of Lamina's own rules, their settings and defaults.
public final class BuiltInRules implements Vocabulary {
  /// The table, as the service loader makes it.
  public BuiltInRules() {}

  @Override
  public Map<String, Function<Settings, Rule>> rules() {
    Map<String, Function<Settings, Rule>> rules = new LinkedHashMap<>(TransportRules.rules());
    rules.put("hsic-bottleneck", BuiltInRules::hsicBottleneck);
    rules.put("soft-hebb", BuiltInRules::softHebb);
    rules.putAll(ObjectiveRules.rules());
    return rules;
  }

  @Override
  public Map<String, Function<Settings, Probe>> probes() {
    return Map.of("nhsic", NormalizedHsicProbe::of, "phsic", ObjectiveRules::phsicProbe);
  }

  private static Rule hsicBottleneck(Settings s) {
    return new HsicBottleneck(
        HsicSimilarity.of(s),
        s.nonNegative("alpha", 1),
        s.nonNegative("beta", 50),
        s.choice("grouping", HsicBottleneck.Grouping.class, HsicBottleneck.Grouping.ALIGNED),
        s.choice("assignment", SolveAccuracy.Assignment.class, SolveAccuracy.Assignment.SELF));
  }

  private static Rule softHebb(Settings s) {
    String form = s.text("competition", "soft-anti");
    if (form.equals("supervised")) {
      return new SoftHebb(Optional.empty(), rate(s), s.integer("trained", 0, 0));
    }
    Competition competition =
        new Competition(
            s.choice("competition", Competition.Form.class, Competition.Form.SOFT_ANTI),
            s.nonNegative("inverse-temperature", 1),
            s.nonNegative("delta", 2),
            s.integer("rank", 1, 1),
            s.choice("function", Competition.Soft.class, Competition.Soft.EXP));
    return new SoftHebb(Optional.of(competition), rate(s), s.integer("trained", 0, 0));
  }

  private static Rate rate(Settings s) {
    double base = s.positive("rate", 0.05);
    if (!s.has("schedule")) {
      return new Rate.NormDependent(base, s.nonNegative("power", 0.5));
    }
    Described schedule = s.described("schedule");
    Kinds.schedule(schedule, 1, 1);
    return new Rate.Scheduled(base, p -> Kinds.schedule(schedule, p.epochs(), p.ratio()));
  }
}
