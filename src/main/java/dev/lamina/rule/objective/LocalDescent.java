package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Tap;
import dev.lamina.optim.Steps;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What every local objective of a block does with its gradient: it goes down to the block's first
/// parameters, and the block's own optimizer steps at once.
///
/// A base rate of 0 leaves the block as it is and only measures the loss.
final class LocalDescent {
  private final Network network;
  private final int block;
  private final Block home;
  private final Plan plan;
  private final Tap at;
  private final Steps steps;
  private final Shape perBlock;
  private final Consumer<Tensor> noLosses;
  private final Tensor totals = Tensor.zeros(DType.F64, 2);

  /// Descent of one block in one phase.
  ///
  /// @param at where `z` is read
  /// @param more parameters of the objective itself, trained with the block's
  LocalDescent(
      Network network, int block, Plan plan, Tap at, List<Parameter> more, Kernels kernels) {
    this.network = network;
    this.block = block;
    this.home = network.blocks().get(block);
    this.plan = plan;
    this.at = at;
    List<Parameter> trained = new ArrayList<>(home.parameters());
    trained.addAll(more);
    this.steps = plan.optimizer().start(trained, kernels);
    this.perBlock = Shape.of(network.blocks().size());
    this.noLosses = losses -> kernels.fill(losses, 0);
  }

  /// The number of classes that the block's objective tells apart.
  ///
  /// @throws LaminaException if the data have no labels
  static int classes(Network network, Block block) {
    if (network.classes() == 0) {
      throw new LaminaException(
          "block '"
              + block.name()
              + "' learns by "
              + block.rule().name()
              + " from labels, but the data set has no classes; take another rule or data set");
    }
    return network.classes();
  }

  /// The name of the block.
  String name() {
    return home.name();
  }

  /// The activity `z` `[n, ...]`.
  Tensor z(Pass pass) {
    return pass.tap(block, at);
  }

  /// Where the gradient of the objective with respect to `z` is to be written.
  Tensor dz(Pass pass) {
    return pass.error(block, at);
  }

  /// Whether the block is to be changed at all.
  boolean moves() {
    return plan.rate() > 0;
  }

  /// Takes note of the loss of a batch.
  ///
  /// @throws LaminaException if it is NaN or infinite
  void observe(Pass pass, double loss) {
    losses(pass).set(block, loss);
    totals.set(0, totals.get(0) + loss);
    totals.set(1, totals.get(1) + 1);
    if (!Double.isFinite(loss)) {
      throw stopped(pass, "the loss became " + loss);
    }
  }

  /// Sends the gradient that was written to `dz` down and changes the parameters.
  void step(Pass pass) {
    pass.backward(block, at, block);
    steps.step(plan.schedule().rate(plan.rate(), pass.epoch(), pass.update()));
  }

  /// The error that ends a training, with the losses of the blocks below in this batch.
  LaminaException stopped(Pass pass, String why) {
    StringBuilder below = new StringBuilder();
    for (int b = 0; b < block; b++) {
      Block other = network.blocks().get(b);
      if (other.rule().reach() == Reach.OWN) {
        below.append(below.isEmpty() ? "; losses below: " : ", ");
        below.append(other.name()).append(' ').append(losses(pass).get(b));
      }
    }
    return new LaminaException(
        "block '%s' at update %d of epoch %d: %s%s; lower the block's rate or check the input data"
            .formatted(home.name(), pass.update(), pass.epoch(), why, below));
  }

  private Tensor losses(Pass pass) {
    return pass.once("local losses", DType.F64, perBlock, noLosses);
  }

  void startEpoch() {
    totals.set(0, 0);
    totals.set(1, 0);
  }

  /// Puts `BLOCK_loss`, the mean over the batches of the epoch.
  void figures(Figures out) {
    if (totals.get(1) > 0) {
      out.put(home.name() + "_loss", totals.get(0) / totals.get(1));
    }
  }

  Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>(steps.state());
    state.put("losses", totals);
    return state;
  }
}
