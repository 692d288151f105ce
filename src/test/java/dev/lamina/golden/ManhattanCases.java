package dev.lamina.golden;

import dev.lamina.layer.Layout;
import dev.lamina.layer.Parameter;
import dev.lamina.optim.Adam;
import dev.lamina.optim.Manhattan;
import dev.lamina.optim.Optimizer;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.optim.Steps;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Optimizers with recorded gradients: the settings of Batch Manhattan, and those of pHSIC.
final class ManhattanCases {
  private ManhattanCases() {}

  static void steps(GoldenCase c) {
    Params p = c.params();
    Sgd sgd = new Sgd(p.number("momentum"), 0, p.number("wd"), false);
    Optimizer optimizer =
        switch (p.integer("setting")) {
          case 0 -> sgd;
          case 1 -> new Manhattan(sgd, Manhattan.Signs.GRADIENT);
          case 2 -> new Manhattan(sgd, Manhattan.Signs.STATE);
          default -> new Manhattan(sgd, Manhattan.Signs.STEP);
        };
    run(c, optimizer, new Schedule.Constant(), new Run("w", "g", c.in("g").axis(0), 1));
  }

  static void optimizers(GoldenCase c) {
    Params p = c.params();
    List<Integer> milestones = Arrays.stream(p.integers("milestones")).boxed().toList();
    Schedule schedule = new Schedule.Multistep(milestones, p.number("lr_gamma"));
    for (Params o : p.objects("opts")) {
      double decay = o.number("wd");
      String name = o.text("name").toLowerCase(Locale.ROOT);
      Adam plain = new Adam();
      Optimizer optimizer =
          name.equals("sgd")
              ? new Sgd(o.number("momentum"), 0, decay, false)
              : new Adam(
                  plain.beta1(),
                  plain.beta2(),
                  plain.epsilon(),
                  decay,
                  name.equals("adamw"),
                  false);
      Run run = new Run(name, "grads", p.integer("steps"), p.integer("steps_per_epoch"));
      run(c, optimizer, schedule, run, o.number("lr"));
    }
  }

  /// @param output beginning of the outputs' names
  /// @param gradients name of the input with a gradient a step
  private record Run(String output, String gradients, int steps, int stepsPerEpoch) {}

  private static void run(GoldenCase c, Optimizer optimizer, Schedule schedule, Run run) {
    run(c, optimizer, schedule, run, c.params().number("lr"));
  }

  private static void run(
      GoldenCase c, Optimizer optimizer, Schedule schedule, Run run, double lr) {
    Tensor start = c.in("w");
    Parameter w = new Parameter("w", c.type(), start.shape(), Layout.same());
    w.value().copyFrom(start);
    Steps steps = optimizer.start(List.of(w), c.kernels());
    for (int step = 0; step < run.steps(); step++) {
      w.gradient().copyFrom(c.in(run.gradients()).rows(step, step + 1));
      steps.step(schedule.rate(lr, step / run.stepsPerEpoch(), step));
      String output = run.output() + "." + (step + 1);
      if (c.hasOut(output)) {
        c.check(output, w.value());
      }
    }
  }
}
