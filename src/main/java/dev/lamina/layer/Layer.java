package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import java.util.List;

/// One operation of a block, with its exact gradient.
///
/// A layer is bound to the shape of one input sample; it keeps parameters, never anything of a
/// batch. Thread-safe for forward in different passes as long as nobody changes the parameters.
public interface Layer {
  /// The name in descriptions, for example `convolution`.
  String kind();

  /// The shape of one output sample: `[h, w, c]` or `[features]`.
  Shape output();

  /// The memory needed per pass; the position in the list is the slot's number.
  default List<Slot> remembers() {
    return List.of();
  }

  /// Trained tensors, in the order of checkpoints.
  default List<Parameter> parameters() {
    return List.of();
  }

  /// Tensors that follow the data without being trained: running statistics.
  default List<Parameter> statistics() {
    return List.of();
  }

  /// The chains that a composite layer is made of; all read its input.
  ///
  /// Their parameters and statistics are not in the layer's own lists. The pass gives their memory
  /// as `Site.strand(i)`.
  default List<Chain> chains() {
    return List.of();
  }

  /// Whether the output is the input in another shape, without a copy.
  default boolean isView() {
    return false;
  }

  /// Multiply-add operations of one sample's forward, times two.
  default long flops() {
    return 0;
  }

  /// Computes `y` from `x`.
  void forward(Site s);

  /// Computes `gx` from `gy` if it is wanted, and the parameters' gradients if the site is
  /// learning.
  void backward(Site s);

  /// Moves running statistics once more by the last batch, if it moved them.
  default void again(Site s) {}

  /// Takes the statistics of the last batch into the running ones by a share, as those of a part of
  /// one set: with shares `n_k / (n_1 + … + n_k)` they become mean and variance of all batches
  /// together.
  default void pool(Site s, double share) {}
}
