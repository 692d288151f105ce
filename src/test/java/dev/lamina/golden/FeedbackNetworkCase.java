package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.network.Block;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Networks of BioTorch's layers that learn together: gradients of one batch, and trainings.
final class FeedbackNetworkCase {
  private final GoldenCase c;
  private final String mode;
  private final FeedbackNetwork described;
  private final Network network;
  private final Dataset data;
  private final NetworkLearner learner;
  private final int batch;

  private FeedbackNetworkCase(GoldenCase c, Settings options, int batch) {
    this.c = c;
    this.mode = c.params().text("mode");
    this.batch = batch;
    this.described = new FeedbackNetwork(c, FeedbackRules.rule(mode, "xavier", options));
    this.network = described.network();
    Tensor x = c.map("x");
    this.data = SoftHebbNetworkCases.dataset(c, x.reshape(x.shape().batch(1)), c.in("y"));
    this.learner = new NetworkLearner(network, phase(), 0, data.size(), c.kernels(), draws());
    setFeedback();
  }

  private Phase phase() {
    Params p = c.params();
    Settings none = Settings.empty();
    boolean adam = p.text("opt", "sgd").equals("adam");
    Settings optimizer =
        adam
            ? none.with("beta1", p.number("b1")).with("beta2", p.number("b2"))
            : none.with("momentum", p.number("momentum", 0));
    Settings schedule =
        p.has("milestones")
            ? none.with("milestones", milestones()).with("gamma", p.number("gamma"))
            : none.with("milestones", List.of());
    return new Phase(
        "train",
        network.blocks().stream().map(Block::name).toList(),
        1,
        batch,
        false,
        true,
        new Described(adam ? "adam" : "sgd", optimizer.with("decay", p.number("wd", 0))),
        p.number("lr", 1),
        new Described("multistep", schedule),
        EvaluationPlan.EVERY_EPOCH);
  }

  private List<Integer> milestones() {
    return IntStream.of(c.params().integers("milestones")).boxed().toList();
  }

  /// Recorded magnitudes are played as the uniform numbers that they come from.
  private Draws draws() {
    if (!mode.equals("brsf")) {
      return new Philox(0, c.kernels());
    }
    Map<String, List<Tensor>> recorded = new HashMap<>();
    described
        .projections()
        .forEach((name, place) -> {
          Tensor steps = c.in("fb." + name);
          Projection p = place.projection();
          List<Tensor> played =
              IntStream.range(0, steps.axis(0))
                  .mapToObj(i -> uniform(p, steps.rows(i, i + 1)))
                  .toList();
          recorded.put(place.prefix() + ".magnitude", played);
        });
    return new RecordedDraws(recorded);
  }

  private static Tensor uniform(Projection p, Tensor magnitude) {
    Tensor w = p.weight().value();
    Tensor outside = magnitude.reshape(p.weight().layout().outsideShape(w.shape()));
    double largest = Math.sqrt(3) * new Initializer.Xavier().deviation(outside, p.fanIn());
    Tensor u = p.weight().layout().toInside(outside, w.shape());
    for (int i = 0; i < u.size(); i++) {
      u.set(i, Math.abs(u.get(i)) / largest);
    }
    return u;
  }

  private void setFeedback() {
    Map<String, Tensor> state = learner.state();
    described
        .projections()
        .forEach((name, place) -> {
          if (c.hasIn("fb." + name) && !mode.equals("brsf")) {
            String owned = place.prefix() + "." + FeedbackRules.owned(mode);
            FeedbackRules.set(state, owned, place.projection(), c.in("fb." + name));
          }
        });
    learner.restored();
  }

  private double step(int[] order, int at, long epoch, long update) {
    learner.startEpoch();
    learner.step(data, order, at, batch, epoch, update);
    return figures().get("train_loss");
  }

  private Map<String, Double> figures() {
    Figures figures = new Figures();
    learner.figures(figures);
    return figures.values();
  }

  private static Tensor number(double value) {
    return Tensor.of(new double[] {value});
  }

  // ---- one batch

  static void gradients(GoldenCase c) {
    Settings options = Settings.empty().with("clip", c.params().flag("clip"));
    int samples = c.in("x").axis(0);
    FeedbackNetworkCase n = new FeedbackNetworkCase(c, options, samples);
    c.check("logits", n.logits());
    int[] order = IntStream.range(0, samples).toArray();
    c.check("loss", number(n.step(order, 0, 0, 0)));
    n.described
        .projections()
        .forEach((name, place) -> {
          for (Parameter p : place.projection().parameters()) {
            String output = "g." + name + (p.name().equals("weight") ? ".w" : ".b");
            c.check(output, p.layout().toOutside(p.gradient()));
          }
        });
  }

  private Tensor logits() {
    Tensor x = c.map("x");
    int top = network.blocks().size() - 1;
    Pass.Extent all = new Pass.Extent(0, top, x.axis(0));
    Pass pass = new Pass(network, c.kernels(), new Philox(0, c.kernels()), all, "golden");
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
    pass.evaluate(0, top);
    return pass.output();
  }

  // ---- training

  static void train(GoldenCase c) {
    Params p = c.params();
    Settings none = Settings.empty();
    Settings options =
        p.has("kp_decay") ? none.with("decay-per-update", p.number("kp_decay")) : none;
    Tensor order = c.in("order");
    FeedbackNetworkCase n = new FeedbackNetworkCase(c, options, order.axis(1));
    int[] samples = IntStream.range(0, order.size()).map(i -> (int) order.get(i)).toArray();
    for (int k = 0; k < p.integer("steps"); k++) {
      long epoch = k / p.integer("steps_per_epoch");
      c.check("loss." + (k + 1), number(n.step(samples, k * n.batch, epoch, k)));
    }
    n.described
        .parameters()
        .forEach((output, name) -> c.check(output, SoftHebbNetworks.get(n.network, name)));
    n.checkFeedback();
    n.checkMeasures();
  }

  private void checkFeedback() {
    Map<String, Tensor> state = learner.state();
    described
        .projections()
        .forEach((name, place) -> {
          if (c.hasOut("B." + name)) {
            String owned = place.prefix() + "." + FeedbackRules.owned(mode);
            c.check("B." + name, FeedbackRules.get(state, owned, place.projection()));
          }
        });
  }

  private void checkMeasures() {
    Map<String, Double> figures = figures();
    described
        .projections()
        .forEach((name, place) -> {
          if (c.hasOut("angle." + name)) {
            c.check("angle." + name, number(figures.get(place.figure() + "_weight_angle")));
          }
          if (c.hasOut("ratio." + name)) {
            c.check("ratio." + name, number(figures.get(place.figure() + "_norm_ratio")));
          }
        });
  }
}
