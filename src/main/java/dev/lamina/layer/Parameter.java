package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// A named tensor that `predict` reads: a weight, a bias, or a running statistic.
///
/// Parameters are shared by any number of passes. The gradient is made when it is first asked for,
/// so a network that only predicts has none.
public final class Parameter {
  private final String name;
  private final Tensor value;
  private final Layout layout;
  private final @Nullable Parameter leader;
  private @Nullable Tensor gradient;

  /// A parameter of zeros.
  ///
  /// @param name unique in its layer, for example `weight`
  /// @param layout how the tensor is laid out outside
  public Parameter(String name, DType type, Shape shape, Layout layout) {
    this.name = name;
    this.value = Tensor.zeros(type, shape);
    this.layout = layout;
    this.leader = null;
  }

  private Parameter(String name, Parameter leader) {
    this.name = name;
    this.value = Tensor.zeros(leader.value.type(), leader.value.shape());
    this.layout = leader.layout;
    this.leader = leader;
  }

  /// A parameter of zeros with the shape of this one that moves along this one's gradient.
  ///
  /// @param follower its name
  public Parameter follower(String follower) {
    return new Parameter(follower, this);
  }

  /// The name within the layer.
  public String name() {
    return name;
  }

  /// The current value.
  public Tensor value() {
    return value;
  }

  /// The gradient of the last backward, of the value's shape; a follower's is its leader's.
  public Tensor gradient() {
    if (leader != null) {
      return leader.gradient();
    }
    if (gradient == null) {
      gradient = Tensor.zeros(value.type(), value.shape());
    }
    return gradient;
  }

  /// The layout outside.
  public Layout layout() {
    return layout;
  }
}
