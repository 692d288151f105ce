package dev.lamina.network;

import dev.lamina.layer.Layer;
import dev.lamina.layer.Site;
import dev.lamina.layer.Strand;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A pass's memory seen at one batch size: views and sites, made once.
final class Frame {
  private final Buffers buffers;
  private final int n;
  private final Tensor input;
  private final Tensor labels;
  private final Strand[] strands;
  private final @Nullable Tensor[][] gradients;
  private final List<Map<String, Tensor>> scratch = new ArrayList<>();
  private final List<Shared> shared = new ArrayList<>();
  private final List<Descent> descents = new ArrayList<>();
  private @Nullable Tensor inputGradient;

  Frame(Buffers buffers, int n) {
    this.buffers = buffers;
    this.n = n;
    this.input = buffers.input.rows(0, n);
    this.labels = buffers.labels.rows(0, n);
    int blocks = buffers.network.blocks().size();
    this.strands = new Strand[blocks];
    this.gradients = new Tensor[blocks][];
    Tensor x = input;
    for (int b = 0; b < blocks; b++) {
      scratch.add(new HashMap<>());
      if (b >= buffers.extent.from() && b <= buffers.extent.to()) {
        x = place(b, x);
      }
    }
  }

  private Tensor place(int b, Tensor x) {
    Block block = buffers.block(b);
    String stream = buffers.stream + "." + block.name();
    strands[b] = new Strand(buffers.memory(b), x, buffers.kernels, buffers.draws, stream);
    gradients[b] = new Tensor[block.layers().size()];
    return strands[b].y();
  }

  int size() {
    return n;
  }

  Tensor input() {
    return input;
  }

  Tensor labels() {
    return labels;
  }

  Strand strand(int b) {
    return strands[b];
  }

  Site[] sites(int b) {
    return strands[b].sites();
  }

  /// The gradient of the output of layer `l` of block `b`; shared with the layer above if that is a
  /// view of it.
  Tensor gradient(int b, int l) {
    Tensor made = gradients[b][l];
    if (made == null) {
      made = makeGradient(b, l);
      gradients[b][l] = made;
    }
    return made;
  }

  private Tensor makeGradient(int b, int l) {
    List<Layer> layers = buffers.block(b).layers();
    int aboveBlock = l + 1 < layers.size() ? b : b + 1;
    int aboveLayer = l + 1 < layers.size() ? l + 1 : 0;
    boolean viewAbove =
        aboveBlock <= buffers.extent.to()
            && buffers.block(aboveBlock).layers().get(aboveLayer).isView();
    Shape shape = layers.get(l).output().batch(n);
    return viewAbove
        ? gradient(aboveBlock, aboveLayer).reshape(shape)
        : buffers.memory(b).gradient(l).rows(0, n);
  }

  Tensor inputGradient() {
    if (inputGradient == null) {
      Layer first = buffers.block(buffers.extent.from()).layers().getFirst();
      inputGradient =
          first.isView()
              ? gradient(buffers.extent.from(), 0).reshape(input.shape())
              : buffers.inputGradient().rows(0, n);
    }
    return inputGradient;
  }

  Tensor scratch(int b, String name, DType type, Shape shape) {
    Tensor kept = scratch.get(b).get(name);
    if (kept == null || !kept.shape().equals(shape)) {
      kept = Tensor.zeros(type, shape);
      scratch.get(b).put(name, kept);
    }
    return kept;
  }

  /// Forgets what followed from the batch before.
  void begin() {
    for (int i = 0; i < shared.size(); i++) {
      shared.get(i).filled = false;
    }
  }

  Tensor once(String name, DType type, Shape shape, Consumer<Tensor> fill) {
    Shared found = shared(name, type, shape);
    if (!found.filled) {
      fill.accept(found.tensor);
      found.filled = true;
    }
    return found.tensor;
  }

  private Shared shared(String name, DType type, Shape shape) {
    for (int i = 0; i < shared.size(); i++) {
      if (shared.get(i).name.equals(name)) {
        return shared.get(i);
      }
    }
    Shared made = new Shared(name, Tensor.zeros(type, shape));
    shared.add(made);
    return made;
  }

  /// What follows from a batch alone.
  private static final class Shared {
    private final String name;
    private final Tensor tensor;
    private boolean filled;

    Shared(String name, Tensor tensor) {
      this.name = name;
      this.tensor = tensor;
    }
  }

  Descent descent(int from, int layer, int to) {
    for (int i = 0; i < descents.size(); i++) {
      if (descents.get(i).matches(from, layer, to)) {
        return descents.get(i);
      }
    }
    Descent made = new Descent(buffers, this, from, layer, to);
    descents.add(made);
    return made;
  }
}
