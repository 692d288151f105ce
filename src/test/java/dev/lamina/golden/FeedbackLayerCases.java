package dev.lamina.golden;

import dev.lamina.kernel.Philox;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Mode;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.network.Block;
import dev.lamina.network.Described;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Plan;
import dev.lamina.network.Settings;
import dev.lamina.optim.Initializer;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.rule.transport.Alignment;
import dev.lamina.rule.transport.NormConstraint;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/// Single projections: one forward, one backward by the rule's error path; and what is measured of
/// single tensors.
final class FeedbackLayerCases {
  private static final Plan ANY = new Plan(1, 1, 1, new Sgd(), 1, new Schedule.Constant());

  private final GoldenCase c;
  private final Projection projection;
  private final Site site;
  private final Network network;

  private FeedbackLayerCases(GoldenCase c, String bias, Described rule) {
    this.c = c;
    Tensor x = c.map("x");
    Tensor w = c.in("w");
    boolean dense = w.shape().rank() == 2;
    this.network =
        network(x.shape().sample(), new Described(dense ? "dense" : "convolution", form(w)), rule);
    Block block = network.blocks().getFirst();
    this.projection = block.projection();
    SoftHebbNetworks.set(network, "b." + projection.kind() + ".weight", w);
    SoftHebbNetworks.set(network, "b." + projection.kind() + ".bias", c.in(bias));
    Tensor y = Tensor.zeros(c.type(), projection.output().batch(x.axis(0)));
    Tensor[] slots =
        projection.remembers().stream()
            .map(
                s -> Tensor.zeros(s.type(), s.perSample() ? s.shape().batch(x.axis(0)) : s.shape()))
            .toArray(Tensor[]::new);
    this.site = new Site(x, y, slots, c.kernels(), new Philox(0, c.kernels()), "golden");
    site.run(Mode.LEARN, false, true, 0);
    projection.forward(site);
  }

  private Settings form(Tensor w) {
    Params p = c.params();
    Settings s = Settings.empty().with("outputs", w.axis(0)).with("bias", true);
    return w.shape().rank() == 2
        ? s
        : s.with("kernel", w.axis(2))
            .with("stride", p.integer("stride", 1))
            .with("padding", p.integer("pad", w.axis(2) / 2))
            .with("dilation", p.integer("dilation", 1))
            .with("groups", p.integer("groups", 1));
  }

  /// The network's output error has as many classes as the case's `e`.
  private Network network(Shape input, Described layer, Described rule) {
    Settings first = SoftHebbNetworks.block("b", List.of(layer), rule);
    int classes = c.hasIn("e") ? c.in("e").axis(1) : 1;
    Settings dense = Settings.empty().with("outputs", classes);
    List<Described> head = List.of(Described.of("flatten"), new Described("dense", dense));
    Settings last = SoftHebbNetworks.block("head", head, Described.of("bp"));
    return SoftHebbNetworks.build(c, input, List.of(first, last), classes);
  }

  private Learning learning() {
    return network
        .blocks()
        .getFirst()
        .rule()
        .start(network, 0, ANY, new Philox(0, c.kernels()), c.kernels());
  }

  private Tensor send(ErrorPath path, Tensor start, Tensor d) {
    Tensor gx = Tensor.zeros(c.type(), site.x().shape());
    site.path(path, start);
    site.gradients(d, gx);
    projection.backward(site);
    return gx;
  }

  static void mode(GoldenCase c) {
    String mode = c.params().text("mode");
    Described rule = FeedbackRules.rule(mode, c.params().text("init"), Settings.empty());
    FeedbackLayerCases n = new FeedbackLayerCases(c, "b", rule);
    Learning learning = n.learning();
    if (c.hasIn("fb")) {
      String name = n.projection.kind() + "." + FeedbackRules.owned(mode);
      FeedbackRules.set(learning.state(), name, n.projection, c.in("fb"));
      learning.restored();
    }
    Tensor d = c.map("gy");
    Tensor gx = n.send(learning.path(), c.hasIn("e") ? c.in("e") : d, d);
    c.checkMap("y", n.site.y());
    c.checkMap("gx", gx);
    c.checkMap("gw", n.projection.weight().gradient());
    c.check("gb", n.biasGradient());
  }

  private Tensor biasGradient() {
    return Objects.requireNonNull(((Conv2d) projection).bias()).gradient();
  }

  static void feedbacks(GoldenCase c) {
    sent(c, "bp", "dx_backprop");
    sent(c, "fa", "dx_fa");
    FeedbackLayerCases n = sent(c, "sign-symmetry", "dx_sign");
    c.checkMap("u", n.site.y());
    c.checkMap("dw", n.projection.weight().gradient());
    c.check("dbias", n.biasGradient());
  }

  private static FeedbackLayerCases sent(GoldenCase c, String rule, String output) {
    FeedbackLayerCases n = new FeedbackLayerCases(c, "bias", Described.of(rule));
    Learning learning = n.learning();
    if (rule.equals("fa")) {
      FeedbackRules.set(
          learning.state(), n.projection.kind() + ".feedback", n.projection, c.in("fb"));
    }
    Tensor d = c.map("d");
    c.checkMap(output, n.send(learning.path(), d, d));
    return n;
  }

  // ---- single tensors

  static void initial(GoldenCase c) {
    for (String kind : List.of("d", "c")) {
      for (String init : List.of("xavier", "default")) {
        Initializer.Centred law =
            init.equals("xavier") ? new Initializer.Xavier() : new Initializer.FanIn();
        Tensor u = c.in("u_" + kind);
        Tensor w = Tensor.zeros(c.type(), u.shape());
        int fanIn = u.size() / u.axis(0);
        law.fill(w, fanIn, new RecordedDraws(java.util.Map.of("w", List.of(u))), c.kernels(), "w");
        c.check(kind + "_" + init, w);
        c.check("scale_" + kind + "_" + init, Tensor.of(new double[] {law.deviation(w, fanIn)}));
      }
    }
  }

  static void metrics(GoldenCase c) {
    Tensor w = c.in("w");
    for (int i = 0; i < w.axis(0); i++) {
      Tensor a = w.rows(i, i + 1);
      Tensor b = c.in("fb").rows(i, i + 1);
      String step = "." + (i + 1);
      c.check("angle" + step, Tensor.of(new double[] {Alignment.angle(a, b).orElseThrow()}));
      c.check("ratio" + step, Tensor.of(new double[] {Alignment.ratio(a, b).orElseThrow()}));
    }
  }

  static void constraint(GoldenCase c) {
    Tensor w = c.in("w0");
    NormConstraint constraint = new NormConstraint(w, c.kernels());
    w.copyFrom(c.in("w"));
    constraint.apply();
    c.check("w", w);
    c.check("norm0", constraint.norm());
  }
}
