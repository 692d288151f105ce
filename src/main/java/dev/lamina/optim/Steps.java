package dev.lamina.optim;

import dev.lamina.tensor.Tensor;
import java.util.Map;

/// An optimizer at work on a list of parameters: its state and its step.
public interface Steps {
  /// Moves every parameter by its current gradient at learning rate `rate`.
  void step(double rate);

  /// Everything a checkpoint must hold, by name; the tensors are live.
  Map<String, Tensor> state();
}
