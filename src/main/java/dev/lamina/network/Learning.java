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

  /// Acts once before the first update of a phase, without data; not after a resume.
  default void begin(Pass pass) {}

  /// Forgets the means of the epoch before, which `figures` reports.
  default void startEpoch() {}

  /// Acts before the block goes forward on a batch.
  default void beforeForward(Pass pass) {}

  /// Acts when all blocks have learned from a batch; sees parameters and draws, not data.
  default void between(Pass pass) {}

  /// The lowest block whose parameters `learn` changes; recomputation starts there.
  ///
  /// @param block position of this block
  default int changes(int block) {
    return block;
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
