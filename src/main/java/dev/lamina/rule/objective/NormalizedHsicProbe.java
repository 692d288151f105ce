package dev.lamina.rule.objective;

import dev.lamina.kernel.Kernels;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Probe;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;

/// nHSIC of a block's output with the network's input and with the labels, in any network.
///
/// ```yaml
/// probes: [nhsic: {block: output, every: 20, sigma: 5}]
/// ```
///
/// Reports `BLOCK_hx` and `BLOCK_hy` of the batch it read, in a line of the metrics of its own.
///
/// Source: `specs/hsic-bottleneck.md`, section 9.
///
/// @param block name of the block
/// @param every batches from one reading to the next
/// @param similarity how samples and labels are compared
public record NormalizedHsicProbe(String block, int every, HsicSimilarity similarity)
    implements Probe {
  /// Reads the keys above, and those of `HsicSimilarity`.
  public static NormalizedHsicProbe of(Settings s) {
    return new NormalizedHsicProbe(s.text("block"), s.integer("every", 1, 1), HsicSimilarity.of(s));
  }

  @Override
  public Reading start(Network network, int capacity, Kernels kernels) {
    int at = network.blockIndex(block);
    HsicTerms terms = new HsicTerms(similarity, network, capacity, kernels);
    return new Reading() {
      @Override
      public void read(Pass pass) {
        terms.measure(pass, pass.tap(at, Tap.Y));
      }

      @Override
      public void report(Figures out) {
        out.put(block + "_hx", terms.hx());
        out.put(block + "_hy", terms.hy());
      }
    };
  }
}
