package dev.lamina.rule;

import dev.lamina.kernel.Activation;
import dev.lamina.network.Described;
import dev.lamina.network.Kinds;
import dev.lamina.network.Rule;
import dev.lamina.network.Settings;
import dev.lamina.optim.Initializer;
import dev.lamina.rule.transport.Backprop;
import dev.lamina.rule.transport.DirectFeedbackAlignment;
import dev.lamina.rule.transport.FeedbackAlignment;
import dev.lamina.rule.transport.KolenPollack;
import dev.lamina.rule.transport.Mirror;
import dev.lamina.rule.transport.SignFeedback;
import dev.lamina.rule.transport.SignFeedback.Magnitude;
import dev.lamina.rule.transport.TransportOptions;
import dev.lamina.rule.transport.WeightMirror;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// The names and settings of the rules of error transport, long and as in the literature.
final class TransportRules {
  /// f of a weight mirror.
  private enum Answer {
    IDENTITY,
    SIGMOID,
    RELU,
    TANH
  }

  private TransportRules() {}

  static Map<String, Function<Settings, Rule>> rules() {
    Map<String, Function<Settings, Rule>> t = new LinkedHashMap<>();
    put(t, "backprop", "bp", s -> new Backprop(options(s)));
    put(t, "feedback-alignment", "fa", s -> new FeedbackAlignment(initial(s), options(s)));
    put(
        t,
        "direct-feedback-alignment",
        "dfa",
        s -> new DirectFeedbackAlignment(initial(s), options(s)));
    put(t, "uniform-sign", "usf", s -> sign(s, Magnitude.UNIFORM));
    put(t, "batchwise-sign", "brsf", s -> sign(s, Magnitude.BATCHWISE));
    put(t, "fixed-sign", "frsf", s -> sign(s, Magnitude.FIXED));
    t.put("sign-symmetry", s -> sign(s, Magnitude.ONE));
    put(
        t,
        "kolen-pollack",
        "kp",
        s -> new KolenPollack(initial(s), share(s, "decay", 1), options(s)));
    put(t, "weight-mirror", "wm", s -> new WeightMirror(initial(s), mirror(s), options(s)));
    return t;
  }

  private static void put(
      Map<String, Function<Settings, Rule>> table,
      String name,
      String abbreviation,
      Function<Settings, Rule> rule) {
    table.put(name, rule);
    table.put(abbreviation, rule);
  }

  private static TransportOptions options(Settings s) {
    TransportOptions none = TransportOptions.NONE;
    return new TransportOptions(
        s.flag("clip", none.clip()),
        s.flag("constrain", none.constrain()),
        s.choice("bias-rate", TransportOptions.BiasRate.class, none.biasRate()),
        share(s, "decay-per-update", none.decayPerUpdate()));
  }

  private static Initializer initial(Settings s) {
    return Kinds.initializer(s.described("initial", "xavier"));
  }

  private static SignFeedback sign(Settings s, Magnitude magnitude) {
    Described described = new Described("xavier", Settings.empty());
    double concordance = 1;
    if (magnitude != Magnitude.ONE) {
      described = s.described("initial", described);
      concordance = share(s, "concordance", 1);
    }
    if (Kinds.initializer(described) instanceof Initializer.Centred initial) {
      return new SignFeedback(magnitude, initial, concordance, options(s));
    }
    throw s.error("initial", "must be fan-in, xavier or normal-fan, whose spread is known");
  }

  private static Mirror mirror(Settings s) {
    Optional<Activation> answer =
        switch (s.choice("activation", Answer.class, Answer.SIGMOID)) {
          case IDENTITY -> Optional.empty();
          case SIGMOID -> Optional.of(Activation.of(Activation.Kind.SIGMOID));
          case RELU -> Optional.of(Activation.of(Activation.Kind.RELU));
          case TANH -> Optional.of(Activation.of(Activation.Kind.TANH));
        };
    boolean whole = s.text("initial-batches", "epoch").equals("epoch");
    return new Mirror(
        s.choice("noise", Mirror.Noise.class, Mirror.Noise.UNIFORM),
        s.positive("amplitude", 0.1),
        s.positive("rate", 0.01),
        s.flag("center", true),
        share(s, "decay", 0),
        answer,
        s.nonNegative("damping", 0),
        new Mirror.Occasions(
            whole ? OptionalInt.empty() : OptionalInt.of(s.integer("initial-batches", 0)),
            s.integer("every", 1, 1),
            s.integer("batches", 0, 1)));
  }

  private static double share(Settings s, String key, double fallback) {
    return s.number(key, v -> v >= 0 && v <= 1, "in [0, 1]", fallback);
  }
}
