package dev.lamina.rule.transport;

import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.network.Pass;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What carries the error below one projection, at work in one phase.
public interface Feedback extends ErrorPath {
  /// A matrix that stays as it is.
  ///
  /// @param b with the axes of the projection's weight
  static Feedback fixed(Tensor b) {
    return new Feedback() {
      @Override
      public Tensor matrix(Projection p, Site s) {
        return b;
      }

      @Override
      public Tensor measured() {
        return b;
      }

      @Override
      public Map<String, Tensor> state() {
        return Map.of(Junction.FEEDBACK, b);
      }
    };
  }

  /// What is compared with the weights in figures, as it stands now; null if nothing is.
  default @Nullable Tensor measured() {
    return null;
  }

  /// Parameters that learn with the block's own.
  default List<Parameter> learned() {
    return List.of();
  }

  /// Acts once before the first update of a phase.
  default void begin() {}

  /// Acts before the block goes forward on a batch.
  default void beforeForward(Pass pass) {}

  /// Acts when gradients are there and no parameter has changed.
  default void beforeStep() {}

  /// Acts after all blocks have learned from a batch.
  default void between(Pass pass) {}

  /// Everything a checkpoint must hold, by name; the tensors are live.
  default Map<String, Tensor> state() {
    return Map.of();
  }

  /// Recomputes what follows from the state, after it was set from outside.
  default void restored() {}
}
