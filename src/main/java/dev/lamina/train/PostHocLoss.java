package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Mode;
import dev.lamina.network.Block;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Reach;
import dev.lamina.network.Tap;
import dev.lamina.rule.plasticity.WeightStatistics;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a supervised loss that nobody used falls while the first block learns without labels.
///
/// 1. Make this object: it remembers the first block as it is, before any training.
/// 2. Train the first block, then the blocks above it, as ever.
/// 3. `curve` sets the first block back and trains it once more under the final blocks above, which
///    stay as they are, and records the loss of every batch before its own update.
///
/// With back-propagation as the first block's rule the same procedure gives the curve to compare
/// with.
///
/// Source: `specs/softhebb.md`, section 18.
public final class PostHocLoss {
  private final Network network;
  private final Map<String, Tensor> start = new LinkedHashMap<>();

  /// Remembers the first block of a network.
  public PostHocLoss(Network network) {
    this.network = network;
    for (Network.Named named : network.tensors()) {
      if (named.block() == 0) {
        start.put(named.name(), named.parameter().value().copy());
      }
    }
  }

  /// One batch of the curve, before its update.
  ///
  /// @param loss mean loss of the network's output
  /// @param correct right answers
  /// @param convergence mean |‖w‖ - 1| of the first block's neurons
  /// @param unitNorms neurons with a norm near 1: R1
  public record Point(double loss, int correct, double convergence, int unitNorms) {}

  /// Trains the first block from its remembered start and records every batch.
  ///
  /// @param phase epochs, batch size, order and optimizer; its blocks are not read
  public List<Point> curve(Dataset data, Phase phase, Kernels kernels, Draws draws) {
    restore();
    Pass pass =
        new Pass(
            network,
            kernels,
            draws,
            new Pass.Extent(0, network.blocks().size() - 1, phase.batch()),
            phase.name());
    Block first = network.blocks().getFirst();
    Learning learning = first.rule().start(network, 0, phase.plan(data.size()), draws, kernels);
    pass.path(0, learning.path());
    List<Point> curve = new ArrayList<>();
    int[] order = new int[data.size()];
    for (int epoch = 0; epoch < phase.epochs(); epoch++) {
      phase.order(order, epoch, draws);
      for (int b = 0; b < phase.updates(order.length); b++) {
        int at = b * phase.batch();
        pass.begin(Math.min(phase.batch(), order.length - at));
        data.batch(order, at, pass.size(), pass.input(), pass.labels());
        pass.clock(epoch, curve.size());
        curve.add(step(pass, first, learning));
      }
    }
    return curve;
  }

  private void restore() {
    for (Network.Named named : network.tensors()) {
      Tensor value = start.get(named.name());
      if (value != null) {
        named.parameter().value().copyFrom(value);
      }
    }
  }

  private static Point step(Pass pass, Block first, Learning learning) {
    boolean byError = first.rule().reach() == Reach.ALL;
    int top = pass.extent().to();
    pass.forward(0, Mode.LEARN, byError);
    pass.evaluate(1, top);
    Tensor figures = Tensor.zeros(pass.output().type(), 2);
    pass.network()
        .loss()
        .compute(pass.kernels(), figures, pass.error(top, Tap.Y), pass.output(), pass.labels());
    Tensor w = first.projection().weight().value();
    WeightStatistics s = WeightStatistics.of(w, first.projection().order());
    if (byError) {
      pass.backward(top, Tap.Y, 0);
    }
    learning.learn(pass);
    return new Point(figures.get(0), (int) figures.get(1), s.convergence(), s.unitNorms());
  }
}
