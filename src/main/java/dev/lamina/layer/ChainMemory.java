package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The memory of a chain in one pass, sized for the pass's largest batch; strands are views of it.
public final class ChainMemory {
  private final Chain chain;
  private final Shape input;
  private final DType type;
  private final int capacity;
  private final @Nullable Tensor[] outputs;
  private final @Nullable Tensor[] gradients;
  private final Tensor[][] slots;
  private final ChainMemory[][] inner;
  private @Nullable Tensor inputGradient;

  /// Memory for at most `capacity` samples.
  ///
  /// @param input shape of an input sample of the chain
  public ChainMemory(Chain chain, Shape input, DType type, int capacity) {
    this.chain = chain;
    this.input = input;
    this.type = type;
    this.capacity = capacity;
    int layers = chain.layers().size();
    this.outputs = new Tensor[layers];
    this.gradients = new Tensor[layers];
    this.slots = new Tensor[layers][];
    this.inner = new ChainMemory[layers][];
    Shape shape = input;
    for (int l = 0; l < layers; l++) {
      Shape before = shape;
      Layer layer = chain.layers().get(l);
      outputs[l] = layer.isView() ? null : batch(layer.output());
      slots[l] = layer.remembers().stream().map(this::slot).toArray(Tensor[]::new);
      inner[l] =
          layer.chains().stream()
              .map(c -> new ChainMemory(c, before, type, capacity))
              .toArray(ChainMemory[]::new);
      shape = layer.output();
    }
  }

  private Tensor slot(Slot s) {
    return Tensor.zeros(s.type(), s.perSample() ? s.shape().batch(capacity) : s.shape());
  }

  private Tensor batch(Shape sample) {
    return Tensor.zeros(type, sample.batch(capacity));
  }

  /// The chain.
  public Chain chain() {
    return chain;
  }

  /// The memory of the gradient of layer `l`'s output, made when it is first needed.
  public Tensor gradient(int l) {
    Tensor made = gradients[l];
    if (made == null) {
      made = batch(chain.layers().get(l).output());
      gradients[l] = made;
    }
    return made;
  }

  /// The memory of the gradient of the chain's input, made when it is first needed.
  public Tensor inputGradient() {
    if (inputGradient == null) {
      inputGradient = batch(input);
    }
    return inputGradient;
  }

  /// The output of layer `l` for the batch whose input is `x`.
  Tensor output(int l, Tensor x) {
    Tensor whole = outputs[l];
    int n = x.axis(0);
    return whole == null ? x.reshape(chain.layers().get(l).output().batch(n)) : whole.rows(0, n);
  }

  /// The slots of layer `l` for a batch of `n`.
  Tensor[] slots(int l, int n) {
    List<Slot> described = chain.layers().get(l).remembers();
    Tensor[] views = new Tensor[described.size()];
    for (int i = 0; i < views.length; i++) {
      Tensor whole = slots[l][i];
      views[i] = described.get(i).perSample() ? whole.rows(0, n) : whole;
    }
    return views;
  }

  /// The memory of the chains of layer `l`.
  ChainMemory[] inner(int l) {
    return inner[l];
  }
}
