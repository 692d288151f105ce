package dev.lamina.layer;

import dev.lamina.tensor.Shape;

/// Sees a map `[n, h, w, c]` as features `[n, h·w·c]` without a copy.
///
/// Outside, features run in c,h,w order: `layout()` is how the next dense weights are permuted.
public final class Flatten implements Layer {
  private final Shape input;

  /// A layer for samples of shape `input`.
  public Flatten(Shape input) {
    this.input = input;
  }

  /// The outside layout of whatever is indexed by the flattened features.
  public Layout layout() {
    return input.rank() == 3 ? new Layout.Flattened(input) : Layout.same();
  }

  @Override
  public String kind() {
    return "flatten";
  }

  @Override
  public Shape output() {
    return Shape.of(input.size());
  }

  @Override
  public boolean isView() {
    return true;
  }

  @Override
  public void forward(Site s) {}

  @Override
  public void backward(Site s) {}
}
