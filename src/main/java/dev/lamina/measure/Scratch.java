package dev.lamina.measure;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Memory for the largest batch, seen as that of a smaller one: views are made once for each size.
final class Scratch {
  private final Tensor whole;
  private final IntFunction<Shape> shape;
  private final @Nullable Tensor[] views;

  private Scratch(DType type, int capacity, IntFunction<Shape> shape) {
    this.whole = Tensor.zeros(type, shape.apply(capacity));
    this.shape = shape;
    this.views = new Tensor[capacity + 1];
  }

  /// Memory for a matrix `[m, m]`, m up to `capacity`.
  static Scratch square(DType type, int capacity) {
    return new Scratch(type, capacity, m -> Shape.of(m, m));
  }

  /// Memory for F64 numbers `[m, width]`, m up to `capacity`.
  static Scratch rows(int capacity, int width) {
    return new Scratch(DType.F64, capacity, m -> Shape.of(m, width));
  }

  /// Memory for F64 numbers `[m]`, m up to `capacity`.
  static Scratch vector(int capacity) {
    return new Scratch(DType.F64, capacity, Shape::of);
  }

  /// The memory of `m` samples, of any content.
  ///
  /// @throws IllegalArgumentException if there are more than the capacity
  Tensor of(int m) {
    if (m >= views.length) {
      throw new IllegalArgumentException(
          m + " samples where at most " + (views.length - 1) + " were announced");
    }
    Tensor view = views[m];
    if (view == null) {
      view = whole.view(0, shape.apply(m));
      views[m] = view;
    }
    return view;
  }
}
