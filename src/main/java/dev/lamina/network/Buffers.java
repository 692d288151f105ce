package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Slot;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The memory of a pass, sized for its largest batch; frames are views of it.
final class Buffers {
  final Network network;
  final Pass.Extent extent;
  final Kernels kernels;
  final Draws draws;
  final String stream;
  final Tensor input;
  final Tensor labels;
  private final @Nullable Tensor[][] outputs;
  private final @Nullable Tensor[][] gradients;
  private final Tensor[][][] slots;
  private final int[] projections;
  private final int[] preActivations;
  private @Nullable Tensor inputGradient;

  Buffers(Network network, Pass.Extent extent, Kernels kernels, Draws draws, String stream) {
    this.network = network;
    this.extent = extent;
    this.kernels = kernels;
    this.draws = draws;
    this.stream = stream;
    int blocks = network.blocks().size();
    this.outputs = new Tensor[blocks][];
    this.gradients = new Tensor[blocks][];
    this.slots = new Tensor[blocks][][];
    this.projections = new int[blocks];
    this.preActivations = new int[blocks];
    this.input = batch(block(extent.from()).input());
    this.labels = Tensor.zeros(DType.I32, extent.capacity());
    for (int b = extent.from(); b <= extent.to(); b++) {
      allocate(b);
    }
  }

  private void allocate(int b) {
    List<Layer> layers = block(b).layers();
    outputs[b] = new Tensor[layers.size()];
    gradients[b] = new Tensor[layers.size()];
    slots[b] = new Tensor[layers.size()][];
    projections[b] = block(b).projectionIndex();
    preActivations[b] = block(b).preActivationIndex();
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      outputs[b][l] = layer.isView() ? null : batch(layer.output());
      slots[b][l] = layer.remembers().stream().map(this::slot).toArray(Tensor[]::new);
    }
  }

  private Tensor slot(Slot s) {
    return Tensor.zeros(s.type(), s.perSample() ? s.shape().batch(extent.capacity()) : s.shape());
  }

  Tensor batch(Shape sample) {
    return Tensor.zeros(network.type(), sample.batch(extent.capacity()));
  }

  Block block(int b) {
    return network.blocks().get(b);
  }

  @Nullable Tensor output(int b, int l) {
    return outputs[b][l];
  }

  Tensor[] slots(int b, int l) {
    return slots[b][l];
  }

  /// The memory of the gradient of layer `l`'s output, made when it is first needed.
  Tensor gradient(int b, int l) {
    Tensor made = gradients[b][l];
    if (made == null) {
      made = batch(block(b).layers().get(l).output());
      gradients[b][l] = made;
    }
    return made;
  }

  Tensor inputGradient() {
    if (inputGradient == null) {
      inputGradient = batch(block(extent.from()).input());
    }
    return inputGradient;
  }

  int projectionOf(int b) {
    return projections[b];
  }

  /// The layer of block `b` whose output is at `tap`.
  int layerOf(int b, Tap tap) {
    if (tap.equals(Tap.Y)) {
      return block(b).layers().size() - 1;
    }
    if (tap.equals(Tap.U)) {
      return preActivations[b];
    }
    int at = block(b).layerNames().indexOf(tap.name());
    if (at < 0) {
      throw new IllegalArgumentException(
          "block '"
              + block(b).name()
              + "' has no tap '"
              + tap.name()
              + "'"
              + Suggestion.of(tap.name(), block(b).layerNames()));
    }
    return at;
  }
}
