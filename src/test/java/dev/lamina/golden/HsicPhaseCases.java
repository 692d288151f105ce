package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The phases around block-wise training: format training, the sigma-combined network, and
/// back-propagation with monitoring.
final class HsicPhaseCases implements Listener {
  private final GoldenCase c;
  private final Network network;
  private final List<Map<String, Double>> epochs = new ArrayList<>();
  private final List<Double> losses = new ArrayList<>();
  private final List<Map<String, Double>> batches = new ArrayList<>();

  private HsicPhaseCases(GoldenCase c, Network network) {
    this.c = c;
    this.network = network;
  }

  static void format(GoldenCase c) {
    HsicPhaseCases cases = new HsicPhaseCases(c, network(c));
    cases.train(HsicNetworks.phase(c, List.of(HsicNetworks.HEAD)), "running");
    cases.checkHead();
    cases.checkEpochs("test_loss", "test_loss_batch_mean");
    cases.checkEpochs("test_acc_exact", "test_accuracy");
    c.check("features", cases.features(HsicNetworks.blocks(c) - 1, Mode.EVALUATE));
  }

  static void monitor(GoldenCase c) {
    HsicPhaseCases cases = new HsicPhaseCases(c, network(c));
    Settings probe =
        Settings.empty()
            .with("block", "b" + (HsicNetworks.blocks(c) - 1))
            .with("sigma", c.params().number("sigma"))
            .with("epsilon", c.params().number("eps"));
    List<String> all = cases.network.blocks().stream().map(b -> b.name()).toList();
    Settings phase =
        HsicNetworks.phase(c, all).with("probes", List.of(new Described("nhsic", probe)));
    cases.train(phase, "batch");
    cases.checkEpochs("test_acc", "test_accuracy_batch_mean");
    String last = "b" + (HsicNetworks.blocks(c) - 1);
    cases.checkBatches("hsic_xz", last + "_hx");
    cases.checkBatches("hsic_yz", last + "_hy");
    cases.checkBatches("batch_loss", "batch_loss");
    cases.checkBatches("batch_acc", "batch_accuracy");
  }

  /// Members are chains of the layers of their three blocks, named `dense`, `dense-2`, ...
  static void combined(GoldenCase c) {
    List<List<Described>> members = new ArrayList<>();
    for (int j = 0; j < c.params().integer("nets"); j++) {
      List<Described> layers = new ArrayList<>();
      for (int i = 0; i < HsicNetworks.blocks(c); i++) {
        layers.addAll(HsicNetworks.layers(c, "n" + j + ".", i));
      }
      members.add(layers);
    }
    Described mean = new Described("mean", Settings.empty().with("chains", members));
    List<Described> layers = List.of(mean, Described.of("batch-norm"));
    Described unused = Described.of("backprop");
    Network network =
        SoftHebbNetworks.build(
            c,
            c.in("x").shape().sample(),
            List.of(SoftHebbNetworks.block("members", layers, unused), HsicNetworks.head(c)),
            c.in("V").axis(0));
    for (int j = 0; j < members.size(); j++) {
      for (int i = 0; i < HsicNetworks.blocks(c); i++) {
        String dense =
            "members.mean.chain-" + (j + 1) + (i == 0 ? ".dense." : ".dense-" + (i + 1) + ".");
        SoftHebbNetworks.set(network, dense + "weight", c.in("n" + j + ".W" + i));
        SoftHebbNetworks.set(network, dense + "bias", c.in("n" + j + ".b" + i));
      }
    }
    HsicNetworks.setHead(c, network);
    HsicPhaseCases cases = new HsicPhaseCases(c, network);
    Settings phase = HsicNetworks.phase(c, List.of(HsicNetworks.HEAD)).with("frozen", "batch");
    cases.train(phase, "batch");
    cases.checkHead();
    c.check("features", cases.features(0, Mode.BATCH));
  }

  private static Network network(GoldenCase c) {
    Described rule = Described.of("backprop");
    return HsicNetworks.build(c, rule, rule);
  }

  private void train(Settings described, String statistics) {
    Settings evaluation =
        Settings.empty()
            .with("first", true)
            .with("batch", c.params().integer("batch_size"))
            .with("batch-means", true)
            .with("statistics", statistics);
    Phase phase = Phase.of(described.with("evaluation", evaluation));
    Dataset data = HsicNetworks.data(c, "x", "y");
    Dataset test = HsicNetworks.data(c, "xt", "yt");
    Trainer.Job job = new Trainer.Job(network, List.of(phase), data, test, Path.of(""));
    new Trainer(job, c.kernels(), new RecordedDraws(Map.of()), this).run();
  }

  @Override
  public void stepped(Trainer trainer) {
    Figures figures = new Figures();
    trainer.figures(figures);
    batches.add(figures.values());
    // the mean since the epoch began, of which this batch is the last
    double sum = figures.values().get("train_loss") * trainer.batch();
    int before = batches.size() - 2;
    boolean first = trainer.batch() == 1;
    losses.add(first ? sum : sum - batches.get(before).get("train_loss") * (trainer.batch() - 1));
    long step = trainer.steps();
    for (int i = 0; i < network.blocks().size(); i++) {
      checkIfRecorded("W" + i + "." + step, network.blocks().get(i).name() + ".dense.weight");
    }
    checkIfRecorded("V." + step, "head.dense.weight");
  }

  private void checkIfRecorded(String output, String tensor) {
    if (c.hasOut(output)) {
      c.check(output, SoftHebbNetworks.get(network, tensor));
    }
  }

  @Override
  public void epochEnded(Trainer trainer, Figures figures) {
    epochs.add(figures.values());
  }

  private void checkHead() {
    c.check("V", SoftHebbNetworks.get(network, "head.dense.weight"));
    c.check("c", SoftHebbNetworks.get(network, "head.dense.bias"));
    c.check("batch_loss", tensor(losses));
    checkEpochs("test_acc", "test_accuracy_batch_mean");
  }

  private void checkEpochs(String output, String figure) {
    c.check(output, tensor(epochs.stream().map(e -> e.get(figure)).toList()));
  }

  private void checkBatches(String output, String figure) {
    c.check(output, tensor(batches.stream().map(b -> b.get(figure)).toList()));
  }

  private static Tensor tensor(List<Double> values) {
    return Tensor.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// What a block makes of the whole test set as one batch.
  private Tensor features(int block, Mode mode) {
    Tensor x = c.map("xt");
    Pass.Extent extent = new Pass.Extent(0, block, x.axis(0));
    Pass pass = new Pass(network, c.kernels(), new Philox(0, c.kernels()), extent, "golden");
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
    for (int b = 0; b <= block; b++) {
      pass.forward(b, mode, false);
    }
    return pass.tap(block, Tap.Y);
  }
}
