package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.ChainMemory;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
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
  private final ChainMemory[] memories;
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
    this.memories = new ChainMemory[blocks];
    this.projections = new int[blocks];
    this.preActivations = new int[blocks];
    this.input = batch(block(extent.from()).input());
    this.labels = Tensor.zeros(DType.I32, extent.capacity());
    for (int b = extent.from(); b <= extent.to(); b++) {
      allocate(b);
    }
  }

  private void allocate(int b) {
    Block block = block(b);
    memories[b] = new ChainMemory(block.chain(), block.input(), network.type(), extent.capacity());
    projections[b] = block.projectionIndex();
    preActivations[b] = block.preActivationIndex();
  }

  Tensor batch(Shape sample) {
    return Tensor.zeros(network.type(), sample.batch(extent.capacity()));
  }

  Block block(int b) {
    return network.blocks().get(b);
  }

  ChainMemory memory(int b) {
    return memories[b];
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
