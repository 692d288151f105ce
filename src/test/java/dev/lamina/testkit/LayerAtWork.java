package dev.lamina.testkit;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.ChainMemory;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Mode;
import dev.lamina.layer.Site;
import dev.lamina.layer.Slot;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;

/// One layer at a site of its own, outside of any network.
///
/// @param layer the layer; no view
/// @param site its site; random numbers come from stream `layer` at step 0
public record LayerAtWork(Layer layer, Site site) {
  /// The layer on a batch `x` `[n, ...]`, which can be changed between two forwards.
  public static LayerAtWork on(Tensor x, Layer layer, Kernels kernels, Draws draws) {
    int n = x.axis(0);
    Tensor y = Tensor.zeros(x.type(), layer.output().batch(n));
    Tensor[] slots = layer.remembers().stream().map(slot -> memory(slot, n)).toArray(Tensor[]::new);
    Site site = new Site(x, y, slots, kernels, draws, "layer");
    site.compose(
        layer.chains().stream()
            .map(c -> new ChainMemory(c, x.shape().sample(), x.type(), n))
            .toArray(ChainMemory[]::new));
    return new LayerAtWork(layer, site);
  }

  private static Tensor memory(Slot slot, int n) {
    return Tensor.zeros(slot.type(), slot.perSample() ? slot.shape().batch(n) : slot.shape());
  }

  /// The output of the layer.
  public Tensor forward(Mode mode) {
    site.run(mode, false, true, 0);
    layer.forward(site);
    return site.y();
  }

  /// The gradient of the input; those of the parameters are in the parameters.
  public Tensor backward(Tensor gy) {
    Tensor gx = Tensor.zeros(gy.type(), site.x().shape());
    site.gradients(gy, gx);
    layer.backward(site);
    return gx;
  }
}
