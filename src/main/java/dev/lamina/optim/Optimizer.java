package dev.lamina.optim;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import java.util.List;

/// A rule that turns gradients into changes of parameters (`specs/operations.md`, section 8).
public sealed interface Optimizer permits Sgd, Adam, RmsProp, Manhattan {
  /// Fresh state for these parameters.
  Steps start(List<Parameter> parameters, Kernels kernels);
}
