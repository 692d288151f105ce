package dev.lamina.golden;

import dev.lamina.optim.Schedule;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// How the case `op_lr_schedules` is computed: one rate per epoch, for Hebbian ones per update.
final class ScheduleCases {
  private ScheduleCases() {}

  static void rates(GoldenCase c) {
    double base = c.params().number("lr");
    Params schedules = c.params().object("schedules");
    for (String kind : schedules.names()) {
      Schedule schedule = schedule(kind, schedules.object(kind));
      boolean perUpdate = kind.startsWith("hebb_");
      double[] rates = new double[c.params().integer("n")];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = schedule.rate(base, perUpdate ? 0 : i, perUpdate ? i : 0);
      }
      c.check(kind, Tensor.of(rates));
    }
  }

  private static Schedule schedule(String kind, Params p) {
    return switch (kind) {
      case "constant" -> new Schedule.Constant();
      case "step" -> new Schedule.Step(p.integer("size"), p.number("gamma"));
      case "multistep" ->
          new Schedule.Multistep(
              Arrays.stream(p.integers("milestones")).boxed().toList(), p.number("gamma"));
      case "exponential" -> new Schedule.Exponential(p.number("gamma"));
      case "cosine" -> new Schedule.Cosine(p.number("period"), p.number("min"));
      case "warmup" -> new Schedule.Warmup(p.number("start"), p.number("length"));
      case "polynomial" -> new Schedule.Polynomial(p.number("length"), p.number("power"));
      case "halving" -> new Schedule.Halving(p.integer("epochs"));
      case "hebb_linear" -> new Schedule.HebbianLinear(p.number("ratio"), p.number("epochs"));
      case "hebb_exp" ->
          new Schedule.HebbianExponential(
              p.number("ratio"), p.number("epochs"), p.number("speed"), p.number("div"));
      default -> throw new AssertionError("no schedule " + kind);
    };
  }
}
