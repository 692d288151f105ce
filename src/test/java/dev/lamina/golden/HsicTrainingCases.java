package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Tensor;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The `hb_train_*` cases: whole networks trained block by block in every batch.
final class HsicTrainingCases implements Listener {
  private final GoldenCase c;
  private final Network network;

  private HsicTrainingCases(GoldenCase c) {
    this.c = c;
    Settings rule =
        Settings.empty()
            .with("beta", c.params().number("beta"))
            .with("sigma", c.params().number("sigma"))
            .with("epsilon", c.params().number("eps"))
            .with("grouping", c.params().text("grouping", "aligned"));
    String labels = c.params().flag("scalar_last") ? "scalar" : "one-hot";
    this.network =
        HsicNetworks.build(
            c,
            new Described("hsic-bottleneck", rule),
            new Described("hsic-bottleneck", rule.with("labels", labels)));
  }

  static void compute(GoldenCase c) {
    HsicTrainingCases cases = new HsicTrainingCases(c);
    cases.train();
    cases.checkEnd();
  }

  private void train() {
    List<String> all = IntStream.range(0, HsicNetworks.blocks(c)).mapToObj(i -> "b" + i).toList();
    Settings phase = HsicNetworks.phase(c, all).with("statistics", "per-pass");
    Dataset data = HsicNetworks.data(c, "x", "y");
    Trainer.Job job = new Trainer.Job(network, List.of(Phase.of(phase)), data, data, Path.of(""));
    new Trainer(job, c.kernels(), new RecordedDraws(Map.of()), this).run();
  }

  @Override
  public void stepped(Trainer trainer) {
    Figures figures = new Figures();
    trainer.figures(figures);
    Map<String, Double> values = figures.values();
    long step = trainer.steps();
    checkAll("hx." + step, i -> values.get("b" + i + "_last_hx"));
    checkAll("hy." + step, i -> values.get("b" + i + "_last_hy"));
    for (int i = 0; i < HsicNetworks.blocks(c); i++) {
      check("W" + i + "." + step, "W", i);
    }
  }

  private void checkAll(String output, Function<Integer, Double> ofBlock) {
    double[] values =
        IntStream.range(0, HsicNetworks.blocks(c)).mapToDouble(ofBlock::apply).toArray();
    c.check(output, Tensor.of(values));
  }

  private void check(String output, String name, int i) {
    if (c.hasOut(output)) {
      String tensor = "b" + i + "." + HsicNetworks.tensor(c, name, i);
      c.check(output, SoftHebbNetworks.get(network, tensor));
    }
  }

  private void checkEnd() {
    for (int i = 0; i < HsicNetworks.blocks(c); i++) {
      for (String name : List.of("W", "b", "gamma", "beta", "rm", "rv")) {
        check(name + i, name, i);
      }
      check("rm" + i + "r", "rmr", i);
      check("rv" + i + "r", "rvr", i);
    }
  }
}
