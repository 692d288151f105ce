package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.network.Figures;
import dev.lamina.tensor.Tensor;
import java.util.Map;

/// What a trainer drives: something that learns from batches.
///
/// A network of blocks with rules is one (`NetworkLearner`).
public interface Learner {
  /// Acts once before the first update of a phase; not after a resume.
  void begin();

  /// Learns from the samples `order[from]` … `order[from + n - 1]` of `data`; allocates nothing.
  ///
  /// @param epoch epoch of the phase, from 0
  /// @param update update of the phase, from 0
  /// @throws dev.lamina.tensor.LaminaException if a weight or the loss became NaN or infinite
  void step(Dataset data, int[] order, int from, int n, long epoch, long update);

  /// Measures on whole data sets, without learning.
  ///
  /// @param training the training set; read only by measurements that need it
  void evaluate(Dataset training, Dataset test, Figures out);

  /// Reports how the epoch goes so far: means since `startEpoch`.
  void figures(Figures out);

  /// Forgets the means of the epoch before.
  void startEpoch();

  /// Everything beside parameters that a checkpoint must hold, by name; the tensors are live.
  Map<String, Tensor> state();

  /// Recomputes what follows from parameters and state, after they were set from outside.
  void restored();
}
