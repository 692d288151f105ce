package dev.lamina.golden;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Window;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.Layout;
import dev.lamina.network.Plan;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.rule.transport.Alignment;
import dev.lamina.rule.transport.Junction;
import dev.lamina.rule.transport.Mirror;
import dev.lamina.rule.transport.NoiseMirror;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// Weight mirrors of a single projection with recorded noise.
final class MirrorCases {
  private static final Mirror.Occasions NONE = new Mirror.Occasions(OptionalInt.of(0), 1, 0);

  private MirrorCases() {}

  static void learn(GoldenCase c) {
    Params p = c.params();
    boolean sigmoid = p.text("act", "linear").equals("sigmoid");
    Mirror how =
        new Mirror(
            Mirror.Noise.UNIFORM,
            1,
            p.number("lr"),
            p.flag("center"),
            p.number("decay"),
            sigmoid ? Optional.of(Activation.of(Activation.Kind.SIGMOID)) : Optional.empty(),
            0,
            NONE);
    Tensor noise = c.map("noise");
    Conv2d projection = projection(c, noise.shape().sample().sample());
    Tensor b = c.map("fb");
    NoiseMirror mirror = mirror(c, projection, noise.axis(1), b, how);
    for (int i = 0; i < noise.axis(0); i++) {
      mirror.noise().copyFrom(noise.rows(i, i + 1));
      mirror.reflect();
      c.checkMap("fb." + (i + 1), b);
    }
    Tensor w = projection.weight().value();
    c.check("angle", Tensor.of(new double[] {Alignment.angle(w, b).orElseThrow()}));
    c.check("ratio", Tensor.of(new double[] {Alignment.ratio(w, b).orElseThrow()}));
  }

  static void growth(GoldenCase c) {
    double damping = c.params().number("damping");
    Mirror how = new Mirror(Mirror.Noise.UNIFORM, 1, 1, false, 0, Optional.empty(), damping, NONE);
    Tensor probe = c.in("probe");
    Tensor b = c.in("fb");
    Conv2d projection =
        new Conv2d(
            probe.shape().sample(),
            new Conv2d.Form(b.axis(0), Window.DENSE, Padding.NONE, false, 2),
            c.type(),
            Layout.same());
    NoiseMirror mirror = mirror(c, projection, probe.axis(0), b, how);
    mirror.noise().copyFrom(probe);
    c.check("std", mirror.damp());
    c.check("fb", b);
  }

  private static Conv2d projection(GoldenCase c, Shape input) {
    Params p = c.params();
    Tensor w = c.map("w");
    boolean dense = w.shape().rank() == 2;
    Window window =
        dense ? Window.DENSE : new Window(w.axis(1), w.axis(2), p.integer("stride"), 1, 1);
    Padding padding = new Padding(Padding.Mode.ZEROS, p.integer("pad", 0));
    Conv2d.Form form = new Conv2d.Form(w.axis(0), window, padding, c.hasIn("b"), 2);
    Conv2d projection = new Conv2d(input, form, c.type(), Layout.same());
    projection.weight().value().copyFrom(w);
    if (c.hasIn("b")) {
      Objects.requireNonNull(projection.bias()).value().copyFrom(c.in("b"));
    }
    return projection;
  }

  private static NoiseMirror mirror(
      GoldenCase c, Conv2d projection, int samples, Tensor b, Mirror how) {
    Plan plan = new Plan(1, samples, samples, new Sgd(), 1, new Schedule.Constant());
    Junction at =
        new Junction("b", "p", projection, 1, plan, new Philox(0, c.kernels()), c.kernels());
    return new NoiseMirror(at, b, how);
  }
}
