package dev.lamina.network;

import dev.lamina.loss.CrossEntropy;
import dev.lamina.loss.Logistic;
import dev.lamina.loss.Loss;
import dev.lamina.optim.Adam;
import dev.lamina.optim.Initializer;
import dev.lamina.optim.Manhattan;
import dev.lamina.optim.Optimizer;
import dev.lamina.optim.RmsProp;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.tensor.LaminaException;
import java.util.Collection;
import java.util.List;

/// The names of optimizers, schedules and initializers in descriptions, with their defaults.
public final class Kinds {
  private static final List<String> OPTIMIZERS =
      List.of("sgd", "adam", "adamw", "rmsprop", "manhattan");
  private static final List<String> SCHEDULES =
      List.of(
          "constant",
          "step",
          "multistep",
          "exponential",
          "cosine",
          "warmup",
          "polynomial",
          "halving",
          "hebbian-linear",
          "hebbian-exponential");
  private static final List<String> INITIALIZERS =
      List.of(
          "fan-in",
          "xavier",
          "normal-fan",
          "normal-radius",
          "positive-radius",
          "uniform",
          "constant",
          "uniform-prior");

  private static final List<String> LOSSES = List.of("cross-entropy", "logistic");

  private Kinds() {}

  /// The loss that is described.
  public static Loss loss(Described d) {
    Settings s = d.settings();
    Loss loss =
        switch (d.kind()) {
          case "cross-entropy" -> new CrossEntropy(share(s, "smoothing", 0));
          case "logistic" -> new Logistic();
          default -> throw unknown("loss", d, LOSSES);
        };
    s.finish();
    return loss;
  }

  /// The optimizer that is described.
  public static Optimizer optimizer(Described d) {
    Settings s = d.settings();
    Optimizer optimizer =
        switch (d.kind()) {
          case "sgd" ->
              new Sgd(
                  s.nonNegative("momentum", 0),
                  s.nonNegative("dampening", 0),
                  s.nonNegative("decay", 0),
                  s.flag("nesterov", false));
          case "adam", "adamw" ->
              new Adam(
                  share(s, "beta1", 0.9),
                  share(s, "beta2", 0.999),
                  s.nonNegative("epsilon", 1e-8),
                  s.nonNegative("decay", d.kind().equals("adamw") ? 0.01 : 0),
                  d.kind().equals("adamw"),
                  s.flag("amsgrad", false));
          case "rmsprop" ->
              new RmsProp(
                  share(s, "alpha", 0.99),
                  s.nonNegative("epsilon", 1e-8),
                  s.nonNegative("momentum", 0),
                  s.nonNegative("decay", 0),
                  s.flag("centered", false));
          case "manhattan" ->
              new Manhattan(
                  optimizer(s.described("optimizer", "sgd")),
                  s.choice("signs", Manhattan.Signs.class, Manhattan.Signs.GRADIENT));
          default -> throw unknown("optimizer", d, OPTIMIZERS);
        };
    s.finish();
    return optimizer;
  }

  /// The schedule that is described, in a phase of `epochs` epochs with batch over samples `ratio`.
  public static Schedule schedule(Described d, int epochs, double ratio) {
    Settings s = d.settings();
    Schedule schedule =
        switch (d.kind()) {
          case "constant" -> new Schedule.Constant();
          case "step" -> new Schedule.Step(s.integer("size", 1), s.positive("gamma", 0.1));
          case "multistep" -> new Schedule.Multistep(milestones(s), s.positive("gamma", 0.1));
          case "exponential" -> new Schedule.Exponential(s.positive("gamma", 0.95));
          case "cosine" ->
              new Schedule.Cosine(s.positive("period", epochs), s.nonNegative("min", 0));
          case "warmup" ->
              new Schedule.Warmup(s.nonNegative("start", 0.1), s.positive("length", 5));
          case "polynomial" ->
              new Schedule.Polynomial(s.positive("length", epochs), s.positive("power", 1));
          case "halving" -> new Schedule.Halving(s.integer("epochs", 0, epochs));
          case "hebbian-linear" -> new Schedule.HebbianLinear(ratio, epochs);
          case "hebbian-exponential" ->
              new Schedule.HebbianExponential(
                  ratio, epochs, s.positive("speed", 7), s.positive("divisor", 96));
          default -> throw unknown("schedule", d, SCHEDULES);
        };
    s.finish();
    return schedule;
  }

  /// The initializer that is described.
  public static Initializer initializer(Described d) {
    Settings s = d.settings();
    Initializer initializer =
        switch (d.kind()) {
          case "fan-in" -> new Initializer.FanIn();
          case "xavier" -> new Initializer.Xavier();
          case "normal-fan" -> new Initializer.NormalFan();
          case "normal-radius" ->
              new Initializer.NormalRadius(s.positive("radius", 25), s.integer("order", 1, 2));
          case "positive-radius" ->
              new Initializer.PositiveRadius(s.positive("radius", 10), s.integer("order", 1, 2));
          case "uniform" -> new Initializer.Uniform(any(s, "low", -1), any(s, "high", 1));
          case "constant" -> new Initializer.Constant(any(s, "value", 0));
          case "uniform-prior" ->
              new Initializer.UniformPrior(s.positive("inverse-temperature", 1));
          default -> throw unknown("initial distribution", d, INITIALIZERS);
        };
    s.finish();
    return initializer;
  }

  private static List<Integer> milestones(Settings s) {
    return s.texts("milestones").stream().map(Integer::valueOf).toList();
  }

  private static double share(Settings s, String key, double fallback) {
    return s.number(key, v -> v >= 0 && v < 1, "in [0, 1)", fallback);
  }

  private static double any(Settings s, String key, double fallback) {
    return s.number(key, v -> true, "a number", fallback);
  }

  /// The error for a name that is not in a table, with its place and a suggestion.
  static LaminaException unknown(String what, Described d, Collection<String> known) {
    return d.settings()
        .problem("unknown " + what + " '" + d.kind() + "'" + Suggestion.of(d.kind(), known));
  }
}
