package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.EvaluationPlan;
import dev.lamina.train.NetworkLearner;
import dev.lamina.train.Phase;
import java.util.List;
import java.util.stream.IntStream;

/// How the `sh_bp_*` cases are computed: batch norm, convolution with reflect padding, activation,
/// max pool 4/2/1 and a linear classifier, all by back-propagation.
final class BackpropCase {
  private static final Described RULE = Described.of("backprop");

  private final GoldenCase c;
  private final Tensor x;
  private final Network network;

  BackpropCase(GoldenCase c) {
    this.c = c;
    this.x = c.map("x");
    this.network = SoftHebbNetworks.build(c, x.shape().sample().sample(), blocks(), 0);
    SoftHebbNetworks.set(network, "b0.convolution.weight", c.in("wk"));
    SoftHebbNetworks.set(network, "classifier.dense.weight", c.in("wc"));
    SoftHebbNetworks.set(network, "classifier.dense.bias", c.in("bc"));
  }

  private List<Settings> blocks() {
    Tensor w = c.in("wk");
    Settings convolution =
        Settings.empty()
            .with("outputs", w.axis(0))
            .with("kernel", w.axis(2))
            .with("padding", w.axis(2) / 2)
            .with("padding-mode", "reflect");
    Settings pool = Settings.empty().with("kernel", 4).with("stride", 2).with("padding", 1);
    List<Described> layers =
        List.of(
            Described.of("batch-norm"),
            new Described("convolution", convolution),
            SoftHebbNetworks.activation(c.params().list("act")),
            new Described("max-pool", pool));
    return List.of(
        SoftHebbNetworks.block("b0", layers, RULE),
        SoftHebbNetworks.classifier(List.of(Described.of("flatten")), c.in("wc")));
  }

  void compute() {
    Dataset data = SoftHebbNetworkCases.dataset(c, x, c.in("t"));
    int[] order = IntStream.range(0, data.size()).toArray();
    int size = x.axis(1);
    NetworkLearner learner =
        new NetworkLearner(
            network, phase(), 0, data.size(), c.kernels(), new Philox(0, c.kernels()));
    for (int update = 0; update < x.axis(0); update++) {
      learner.startEpoch();
      learner.step(data, order, update * size, size, 0, update);
      Figures figures = new Figures();
      learner.figures(figures);
      double loss = figures.values().get("train_loss");
      c.check("loss." + (update + 1), Tensor.of(new double[] {loss}));
    }
    c.check("wk", SoftHebbNetworks.get(network, "b0.convolution.weight"));
    c.check("wc", SoftHebbNetworks.get(network, "classifier.dense.weight"));
    c.check("bc", SoftHebbNetworks.get(network, "classifier.dense.bias"));
  }

  private Phase phase() {
    return new Phase(
        "backprop",
        List.of("b0", "classifier"),
        1,
        x.axis(1),
        false,
        false,
        Described.of("adam"),
        c.params().number("lr"),
        Described.of("constant"),
        EvaluationPlan.EVERY_EPOCH);
  }
}
