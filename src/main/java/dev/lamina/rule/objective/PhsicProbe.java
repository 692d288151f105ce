package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Block;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Probe;
import dev.lamina.tensor.LaminaException;

/// The objective of `Phsic` on a block that learns by any rule, without learning from it.
///
/// ```yaml
/// probes: [phsic: {block: h1, every: 20, kernel: gaussian, groups: 16}]
/// ```
///
/// Reports `BLOCK_phsic` of the batch it read. Source: `specs/phsic.md`, section 16.
///
/// @param block name of the block
/// @param every batches from one reading to the next
/// @param objective what is computed
public record PhsicProbe(String block, int every, Phsic objective) implements Probe {
  @Override
  public Reading start(Network network, int capacity, Kernels kernels) {
    int at = network.blockIndex(block);
    Block read = network.blocks().get(at);
    LocalPlace place = place(read);
    int classes = LocalDescent.classes(network, read);
    LocalObjective local = new LocalObjective(objective, place.shape(), classes, capacity, kernels);
    BatchLabels labels = new BatchLabels(objective, local);
    return new Reading() {
      private double loss;

      @Override
      public void read(Pass pass) {
        loss = local.loss(pass.tap(at, place.tap()), labels.of(pass));
      }

      @Override
      public void report(Figures out) {
        out.put(block + "_phsic", loss);
      }
    };
  }

  private LocalPlace place(Block read) {
    try {
      objective.requireFits(read);
      return LocalPlace.of(read, objective.at());
    } catch (IllegalArgumentException e) {
      throw new LaminaException("probe phsic of block '" + block + "': " + e.getMessage(), e);
    }
  }
}
