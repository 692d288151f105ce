package dev.lamina.optim;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The state that all optimizers share: a step count and, per parameter, tensors of its shape.
final class Moments {
  final Kernels kernels;
  final Parameter[] parameters;
  private final Tensor count = Tensor.zeros(DType.I32, 1);
  private final Map<String, Tensor> state = new LinkedHashMap<>();

  Moments(List<Parameter> parameters, Kernels kernels) {
    this.kernels = kernels;
    this.parameters = parameters.toArray(Parameter[]::new);
    state.put("step", count);
  }

  /// One tensor of zeros per parameter, kept in the state as `name.INDEX.PARAMETER`.
  Tensor[] tensors(String name) {
    List<Tensor> made = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      Tensor value = parameters[i].value();
      Tensor moment = Tensor.zeros(value.type(), value.shape());
      state.put(name + "." + i + "." + parameters[i].name(), moment);
      made.add(moment);
    }
    return made.toArray(Tensor[]::new);
  }

  /// Counts a step and returns its number t = 1, 2, ...
  int next() {
    return ++count.ints()[count.offset()];
  }

  Map<String, Tensor> state() {
    return state;
  }
}
