package dev.lamina.network;

import dev.lamina.layer.ErrorPath;
import dev.lamina.tensor.Tensor;
import java.util.Map;

/// A rule at work on one block in one phase.
public interface Learning {
  /// The matrix that carries errors through this block's projections.
  default ErrorPath path() {
    return ErrorPath.TRANSPOSE;
  }

  /// The last tap that `learn` reads, for a rule without an error: layers behind it are not
  /// computed when nobody else reads them.
  default Tap upTo() {
    return Tap.Y;
  }

  /// Changes the block's parameters by the batch that just went forward (and, if errors reach the
  /// block, came back). Allocates nothing.
  void learn(Pass pass);

  /// Everything a checkpoint must hold beside the parameters, by name; the tensors are live.
  Map<String, Tensor> state();

  /// Recomputes what follows from the parameters, after they or the state were set from outside.
  default void restored() {}

  /// Reports how learning goes.
  default void figures(Figures out) {}
}
