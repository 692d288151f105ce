package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The border between Lamina's channels-last tensors and the channels-first world outside.
///
/// Checkpoints, golden files and exports hold images as `[n, c, h, w]`, convolution weights as `[o,
/// i, kh, kw]`, and whatever is indexed by a flattened map in c,h,w order. This is the only class
/// that permutes between the two.
public sealed interface Layout {
  /// The same axes inside and outside.
  record Same() implements Layout {}

  /// The last three axes are h,w,c inside and c,h,w outside: maps and convolution weights.
  record Map() implements Layout {}

  /// The last axis runs over a flattened map: h,w,c inside, c,h,w outside.
  ///
  /// @param map the shape `[h, w, c]` of the map before it was flattened
  record Flattened(Shape map) implements Layout {}

  /// The same axes inside and outside.
  static Layout same() {
    return new Same();
  }

  /// Maps and convolution weights.
  static Layout map() {
    return new Map();
  }

  /// The shape that a tensor of this inside shape has outside.
  default Shape outsideShape(Shape inside) {
    if (!(this instanceof Map)) {
      return inside;
    }
    int[] axes = inside.axes();
    int r = axes.length;
    int c = axes[r - 1];
    axes[r - 1] = axes[r - 2];
    axes[r - 2] = axes[r - 3];
    axes[r - 3] = c;
    return Shape.of(axes);
  }

  /// A new tensor with the elements of `inside` in the outside order and shape.
  default Tensor toOutside(Tensor inside) {
    Tensor outside = Tensor.zeros(inside.type(), outsideShape(inside.shape()));
    move(inside, outside, inside.shape(), true);
    return outside;
  }

  /// A new tensor of shape `insideShape` with the elements of `outside` in the inside order.
  ///
  /// @throws IllegalArgumentException if the number of elements differs
  default Tensor toInside(Tensor outside, Shape insideShape) {
    if (outside.size() != insideShape.size()) {
      throw new IllegalArgumentException(
          "outside shape " + outside.shape() + " does not match " + insideShape);
    }
    Tensor inside = Tensor.zeros(outside.type(), insideShape);
    move(outside, inside, insideShape, false);
    return inside;
  }

  private void move(Tensor from, Tensor to, Shape inside, boolean outward) {
    Shape map =
        switch (this) {
          case Same s -> Shape.of(1, 1, Math.max(1, inside.size()));
          case Map m -> Shape.of(inside.axis(-3), inside.axis(-2), inside.axis(-1));
          case Flattened f -> f.map();
        };
    int pixels = map.axis(0) * map.axis(1);
    int channels = map.axis(2);
    for (int block = 0; block < inside.size(); block += Math.max(1, map.size())) {
      for (int p = 0; p < pixels; p++) {
        for (int c = 0; c < channels; c++) {
          int in = block + p * channels + c;
          int out = block + c * pixels + p;
          to.set(outward ? out : in, from.get(outward ? in : out));
        }
      }
    }
  }
}
