package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.rule.transport.DeltaAngles;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// The fully connected system of Akrout et al.: block `l0` is the first layer; sigmoids between
/// blocks, the last one in the loss.
final class FullyConnectedCase {
  private final GoldenCase c;
  private final int layers;
  private final Tensor x;
  private final Tensor labels;
  private final Network network;
  private final Dataset data;
  private final NetworkLearner learner;
  private final int batch;

  private FullyConnectedCase(GoldenCase c, Described rule, int batch, double rate) {
    this.c = c;
    this.layers = c.params().integer("layers");
    this.batch = batch;
    this.x = c.in("x");
    Tensor y = c.in("y");
    this.labels = Tensor.zeros(DType.I32, y.axis(0));
    c.kernels().argmax(labels, y);
    List<Settings> blocks = IntStream.range(0, layers).mapToObj(l -> block(l, rule)).toList();
    Settings description =
        Settings.empty()
            .with("type", Settings.spelled(c.type()))
            .with("loss", "logistic")
            .with("blocks", blocks);
    this.network =
        new NetworkBuilder(new Philox(0, c.kernels()), c.kernels())
            .build(description, x.shape().sample(), y.axis(1));
    for (int l = 0; l < layers; l++) {
      SoftHebbNetworks.set(network, "l" + l + ".dense.weight", c.in("w" + l));
      SoftHebbNetworks.set(network, "l" + l + ".dense.bias", c.in("b" + l));
    }
    this.data = SoftHebbNetworkCases.dataset(c, x.reshape(x.axis(0), 1, x.axis(1)), labels);
    this.learner = new NetworkLearner(network, phase(rate), 0, data.size(), c.kernels(), draws());
    for (int l = 0; l < layers; l++) {
      Tensor feedback = learner.state().get(feedback(l));
      if (feedback != null) {
        feedback.copyFrom(c.in("fb" + l));
      }
    }
  }

  private Settings block(int l, Described rule) {
    Settings outputs = Settings.empty().with("outputs", c.in("w" + l).axis(0));
    List<Described> made = new ArrayList<>(List.of(new Described("dense", outputs)));
    if (l < layers - 1) {
      made.add(Described.of("sigmoid"));
    }
    return SoftHebbNetworks.block("l" + l, made, rule);
  }

  private Phase phase(double rate) {
    return new Phase(
        "train",
        network.blocks().stream().map(b -> b.name()).toList(),
        1,
        batch,
        false,
        true,
        Described.of("sgd"),
        rate,
        Described.of("constant"),
        EvaluationPlan.EVERY_EPOCH);
  }

  /// The recorded noise of the mirrors; feedback is set later, whatever is drawn.
  private Draws draws() {
    if (!c.hasIn("u0")) {
      return new Philox(0, c.kernels());
    }
    Map<String, List<Tensor>> recorded = new HashMap<>();
    for (int l = 0; l < layers; l++) {
      Tensor u = c.in("u" + l);
      recorded.put(
          "l" + l + ".rule.dense.noise",
          IntStream.range(0, u.axis(0)).mapToObj(i -> u.rows(i, i + 1)).toList());
      recorded.put(feedback(l), List.of(c.in("fb" + l)));
    }
    return new RecordedDraws(recorded);
  }

  private static String feedback(int l) {
    return "l" + l + ".rule.dense.feedback";
  }

  // ---- training

  static void train(GoldenCase c) {
    Params p = c.params();
    FullyConnectedCase n = new FullyConnectedCase(c, rule(p), p.integer("batch"), p.number("lr"));
    n.learner.begin();
    n.checkFeedback(".0");
    int batches = n.data.size() / n.batch;
    int[] order = IntStream.range(0, n.data.size()).toArray();
    for (int step = 0; step < p.integer("steps"); step++) {
      n.learner.startEpoch();
      n.learner.step(n.data, order, step % batches * n.batch, n.batch, 0, step);
      c.check("loss." + (step + 1), number(n.figures(), "train_loss"));
    }
    n.checkParameters();
    n.checkFeedback("");
    n.checkMeasures();
    c.check("scores", n.scores());
  }

  private static Described rule(Params p) {
    Settings s = Settings.empty().with("bias-rate", "over-batch");
    String algorithm = p.text("algo");
    return switch (algorithm) {
      case "kp" -> new Described("kp", s.with("decay", p.number("decay")));
      case "wm" ->
          new Described(
              "wm",
              s.with("amplitude", p.number("amp"))
                  .with("rate", p.number("mirror_lr"))
                  .with("center", false)
                  .with("initial-batches", p.integer("mirror_first")));
      default -> new Described(algorithm, s);
    };
  }

  private Map<String, Double> figures() {
    Figures figures = new Figures();
    learner.figures(figures);
    return figures.values();
  }

  private static Tensor number(Map<String, Double> figures, String name) {
    return Tensor.of(new double[] {figures.get(name)});
  }

  private void checkParameters() {
    for (int l = 0; l < layers; l++) {
      c.check("w" + l, SoftHebbNetworks.get(network, "l" + l + ".dense.weight"));
      c.check("b" + l, SoftHebbNetworks.get(network, "l" + l + ".dense.bias"));
    }
  }

  private void checkFeedback(String suffix) {
    for (int l = 0; l < layers; l++) {
      if (c.hasOut("fb" + l + suffix)) {
        c.check("fb" + l + suffix, learner.state().get(feedback(l)));
      }
    }
  }

  private void checkMeasures() {
    Map<String, Double> figures = figures();
    for (int l = 0; l < layers; l++) {
      if (c.hasOut("angle" + l)) {
        c.check("angle" + l, number(figures, "l" + l + "_weight_angle"));
        c.check("ratio" + l, number(figures, "l" + l + "_norm_ratio"));
      }
    }
    if (c.hasOut("delta_angles")) {
      checkDeltaAngles(out -> learner.evaluate(data, data, out));
    }
  }

  private void checkDeltaAngles(Consumer<Figures> measure) {
    Figures figures = new Figures();
    measure.accept(figures);
    double[] angles =
        IntStream.iterate(layers - 2, l -> l >= 0, l -> l - 1)
            .mapToDouble(l -> figures.values().get("l" + l + "_delta_angle"))
            .toArray();
    c.check("delta_angles", Tensor.of(angles));
  }

  private Tensor scores() {
    Pass pass = pass();
    pass.evaluate(0, layers - 1);
    return sigmoid(pass.output());
  }

  private Pass pass() {
    Pass.Extent all = new Pass.Extent(0, layers - 1, x.axis(0));
    Pass pass = new Pass(network, c.kernels(), new Philox(0, c.kernels()), all, "golden");
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
    pass.labels().copyFrom(labels);
    return pass;
  }

  private Tensor sigmoid(Tensor z) {
    Tensor a = z.copy();
    c.kernels().activate(a, z, Activation.of(Activation.Kind.SIGMOID));
    return a;
  }

  // ---- one batch

  /// Feedback alignment; the spec's weight gradients and errors are sums, those of biases means.
  static void gradients(GoldenCase c) {
    Described rule = Described.of("fa");
    FullyConnectedCase n = new FullyConnectedCase(c, rule, c.in("x").axis(0), 1);
    Pass pass = n.pass();
    Tensor figures = c.zeros(2);
    for (int l = 0; l < n.layers; l++) {
      pass.path(l, n.path(l));
      pass.forward(l, Mode.LEARN, true);
      Tensor a = pass.tap(l, Tap.Y);
      c.check("a" + (l + 1), l < n.layers - 1 ? a : n.sigmoid(a));
    }
    int top = n.layers - 1;
    n.network
        .loss()
        .compute(c.kernels(), figures, pass.error(top, Tap.Y), pass.output(), pass.labels());
    pass.backward(top, Tap.Y, 0);
    c.check("loss", figures.rows(0, 1));
    n.checkGradients(pass);
    DeltaAngles angles = new DeltaAngles(n.network, pass.size());
    angles.observe(pass, true);
    n.checkDeltaAngles(angles::report);
  }

  private void checkGradients(Pass pass) {
    double samples = pass.size();
    for (int l = 0; l < layers; l++) {
      List<Tensor> gradients =
          network.blocks().get(l).parameters().stream().map(p -> p.gradient()).toList();
      c.check("gw" + l, scaled(gradients.get(0), samples));
      c.check("gb" + l, gradients.get(1));
      c.check("delta" + l, scaled(pass.error(l, Tap.U), samples));
    }
  }

  private ErrorPath path(int l) {
    Plan plan = phase(1).plan(data.size());
    Learning learning =
        network
            .blocks()
            .get(l)
            .rule()
            .start(network, l, plan, new Philox(0, c.kernels()), c.kernels());
    learning.state().get("dense.feedback").copyFrom(c.in("fb" + l));
    return learning.path();
  }

  private Tensor scaled(Tensor t, double factor) {
    Tensor scaled = t.copy();
    c.kernels().affine(scaled, t, factor, 0);
    return scaled;
  }
}
