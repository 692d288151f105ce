package dev.lamina.analyze;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.Reduction;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.Settings;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// The image that a neuron answers most strongly to, by gradient ascent on its pre-activation.
///
/// ```
/// x ← x + α ε ∂u_n/∂x            the gradient is not normalised
/// x ← ε |x / ‖x‖₂|
/// x ← (x - min x) / max(x - min x)
/// ```
///
/// `x` `[1, h, w, c]` has exactly the size that one output sees: all padding is removed, and the
/// block is cut behind its projection. Batch norm uses its running statistics. A start is a point
/// near 0 in [0, 1]; after a step x lies in [0, 1].
///
/// Source: `specs/softhebb.md`, section 19.1 (α = 0.001, ε = 1, 500 iterations).
public final class ReceptiveField {
  private final Kernels k;
  private final int block;
  private final Pass pass;
  private final Tensor one;

  /// The neurons of a block's projection, with the weights that the network has now.
  ///
  /// A block that sees a flattened map sees the whole image: then nothing of the padding is
  /// removed.
  public ReceptiveField(Network network, int block, Kernels kernels) {
    this.k = kernels;
    this.block = block;
    Draws none = new Philox(0, kernels);
    Network cut = cut(network, block, new NetworkBuilder(none, kernels));
    this.pass = new Pass(cut, kernels, none, new Pass.Extent(0, block, 1), "receptive-field");
    this.one = Tensor.zeros(network.type(), 1);
  }

  private static Network cut(Network network, int block, NetworkBuilder builder) {
    int top = network.blocks().get(block).preActivationIndex();
    boolean whole = Slide.flattens(network, block, top);
    Settings description = network.description().with("type", Settings.spelled(network.type()));
    List<Settings> described = description.children("blocks");
    List<Settings> blocks = new ArrayList<>();
    for (int b = 0; b <= block; b++) {
      List<Described> layers = described.get(b).describedList("layers");
      layers = b == block ? layers.subList(0, top + 1) : layers;
      List<Described> kept =
          whole ? layers : layers.stream().map(ReceptiveField::unpadded).toList();
      blocks.add(
          Settings.empty().with("name", network.blocks().get(b).name()).with("layers", kept));
    }
    Shape input = whole ? network.input() : seen(network, block, top);
    Network cut = builder.build(description.with("blocks", blocks), input, network.output().size());
    copy(network, cut);
    return cut;
  }

  private static Described unpadded(Described layer) {
    Settings s = layer.settings();
    return s.has("padding") ? new Described(layer.kind(), s.with("padding", 0)) : layer;
  }

  private static Shape seen(Network network, int block, int layer) {
    int size = 1;
    for (Slide slide : Slide.below(network, block, layer)) {
      size = slide.behind(size);
    }
    return Shape.of(size, size, network.input().axis(-1));
  }

  private static void copy(Network from, Network to) {
    for (Network.Named target : to.tensors()) {
      for (Network.Named source : from.tensors()) {
        if (source.name().equals(target.name())) {
          target.parameter().value().copyFrom(source.parameter().value());
        }
      }
    }
  }

  /// The shape of the image, `[h, w, c]`.
  public Shape input() {
    return pass.network().input();
  }

  /// Moves an image one step up the response of a neuron.
  ///
  /// @param x `[1, h, w, c]`, changed in place
  /// @param neuron position among the block's outputs
  /// @param step α
  /// @param epsilon ε
  /// @return the response u_n to the image before the step
  public double ascend(Tensor x, int neuron, double step, double epsilon) {
    double u = respond(x, neuron);
    k.addScaled(x, step * epsilon, pass.inputError()); //        x + α ε ∂u/∂x
    Tensor row = x.reshape(1, x.size());
    k.reduce(one, Reduction.NORM_2, row, 1);
    k.combineRows(row, row, one, Operation.DIVIDE);
    k.map(row, row, Function.ABS);
    k.affine(row, row, epsilon, 0); //                           ε |x / ‖x‖₂|
    k.reduce(one, Reduction.MIN, row, 1);
    k.combineColumns(row, row, one, Operation.SUBTRACT);
    k.reduce(one, Reduction.MAX, row, 1);
    k.combineRows(row, row, one, Operation.DIVIDE); //           (x - min x) / max
    return u;
  }

  /// The response u_n; its gradient is then in the pass.
  private double respond(Tensor x, int neuron) {
    pass.begin(1);
    pass.input().copyFrom(x);
    pass.evaluate(0, block);
    Tensor error = pass.error(block, Tap.U);
    k.fill(error, 0);
    error.set(neuron, 1);
    pass.backward(block, Tap.U, Pass.INPUT);
    return pass.tap(block, Tap.U).get(neuron);
  }
}
