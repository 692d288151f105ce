package dev.lamina.golden;

import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// How the `hb_block_*` cases are computed: projection, batch norm, activation, and the residual
/// block made of them, as networks of one block.
final class BottleneckBlock {
  private final GoldenCase c;
  private final boolean residual;
  private final Network network;
  private final Pass pass;

  private BottleneckBlock(GoldenCase c) {
    this.c = c;
    this.residual = c.name().startsWith("hb_block_res_");
    List<Described> layers = new ArrayList<>(List.of(projection(), Described.of("batch-norm")));
    activate(layers);
    if (residual) {
      layers = new ArrayList<>(List.of(new Described("residual", body(layers))));
      layers.add(Described.of("batch-norm"));
      activate(layers);
    }
    Tensor x = c.map("x");
    Settings block = SoftHebbNetworks.block("b", layers, Described.of("backprop"));
    this.network = SoftHebbNetworks.build(c, x.shape().sample(), List.of(block), 0);
    SoftHebbNetworks.set(network, inner(kind() + ".weight"), c.in("W"));
    SoftHebbNetworks.set(network, inner(kind() + ".bias"), c.in("b"));
    Philox draws = new Philox(0, c.kernels());
    this.pass = new Pass(network, c.kernels(), draws, new Pass.Extent(0, 0, x.axis(0)), "block");
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
  }

  private String kind() {
    return c.in("W").shape().rank() == 2 ? "dense" : "convolution";
  }

  private Described projection() {
    Tensor w = c.in("W");
    Settings s = Settings.empty().with("outputs", w.axis(0)).with("bias", true);
    return w.shape().rank() == 2
        ? new Described("dense", s)
        : new Described("convolution", s.with("kernel", w.axis(2)).with("padding", w.axis(2) / 2));
  }

  private void activate(List<Described> layers) {
    String act = c.params().text("act");
    if (!act.equals("linear")) {
      layers.add(Described.of(act));
    }
  }

  private static Settings body(List<Described> layers) {
    return Settings.empty().with("body", layers);
  }

  private String inner(String name) {
    return residual ? "b.residual.body." + name : "b." + name;
  }

  static void compute(GoldenCase c) {
    new BottleneckBlock(c).compute();
  }

  private void compute() {
    pass.forward(0, Mode.LEARN, true);
    c.checkMap("y", pass.output());
    if (c.hasOut("gx")) {
      pass.error(0, Tap.Y).copyFrom(c.map("gy"));
      pass.backward(0, Tap.Y, Pass.INPUT);
      c.checkMap("gx", pass.inputError());
      c.checkMap("gW", network.blocks().getFirst().parameters().getFirst().gradient());
    }
    c.check("rm", SoftHebbNetworks.get(network, inner("batch-norm.running-mean")));
    c.check("rv", SoftHebbNetworks.get(network, inner("batch-norm.running-variance")));
    if (residual) {
      c.check("rmr", SoftHebbNetworks.get(network, "b.batch-norm.running-mean"));
      c.check("rvr", SoftHebbNetworks.get(network, "b.batch-norm.running-variance"));
    } else {
      pass.forward(0, Mode.EVALUATE, false);
      c.check("y_eval", pass.output());
    }
  }
}
