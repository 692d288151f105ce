package dev.lamina.layer;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;

/// Memory that a layer needs in every pass.
///
/// @param shape the shape; of one sample if `perSample`, and then the pass adds the batch axis
/// @param type the element type
/// @param perSample whether the slot grows with the batch
public record Slot(Shape shape, DType type, boolean perSample) {
  /// A slot of `shape` for every sample.
  public static Slot perSample(DType type, Shape shape) {
    return new Slot(shape, type, true);
  }

  /// One slot for the batch.
  public static Slot perBatch(DType type, int... axes) {
    return new Slot(Shape.of(axes), type, false);
  }
}
