package dev.lamina.golden;

import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.rule.plasticity.SoftHebbLearning;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// A network of one SoftHebb layer at work, as a case describes it.
///
/// @param network the network: block `b0` with one projection
/// @param pass a pass over it
/// @param learning its rule, started for the phase of the layer's schedule
record HebbianBlock(Network network, Pass pass, SoftHebbLearning learning) {
  /// The layer with the weights `w` and, if the case has one, the bias `b`.
  ///
  /// @param sample shape of an input sample, channels last
  static HebbianBlock of(GoldenCase c, Params layer, Described rule, Shape sample, int capacity) {
    Tensor w = c.in("w");
    boolean bias = c.hasIn("b");
    List<Described> layers = SoftHebbNetworks.projection(layer, w, bias);
    Network network =
        SoftHebbNetworks.build(
            c, sample, List.of(SoftHebbNetworks.block("b0", layers, rule)), w.axis(0));
    String projection = "b0." + layers.getFirst().kind();
    SoftHebbNetworks.set(network, projection + ".weight", w);
    if (bias) {
      SoftHebbNetworks.set(network, projection + ".bias", c.in("b"));
    }
    Draws draws = new Philox(0, c.kernels());
    Plan plan = SoftHebbNetworks.plan(layer);
    Pass pass = new Pass(network, c.kernels(), draws, new Pass.Extent(0, 0, capacity), "golden");
    SoftHebbLearning learning =
        (SoftHebbLearning)
            network.blocks().getFirst().rule().start(network, 0, plan, draws, c.kernels());
    return new HebbianBlock(network, pass, learning);
  }

  /// One forward of a batch, channels last.
  void forward(Tensor x, Mode mode) {
    pass.begin(x.axis(0));
    pass.input().copyFrom(x);
    pass.forward(0, mode, false);
  }

  /// The weights in the layout of the file.
  Tensor weights() {
    return SoftHebbNetworks.get(network, network.tensors().getFirst().name());
  }

  /// The bias.
  Tensor bias() {
    return network.tensors().getLast().parameter().value();
  }
}
