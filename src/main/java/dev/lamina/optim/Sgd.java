package dev.lamina.optim;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Stochastic gradient descent with momentum.
///
/// ```
/// d = g + λ p;   buf = d at the first step, then μ buf + (1 - τ) d;   d = d + μ buf (Nesterov) or buf
/// p ← p - lr d
/// ```
///
/// @param momentum μ in [0, 1)
/// @param dampening τ
/// @param decay λ, the L2 form
/// @param nesterov whether the step looks ahead
public record Sgd(double momentum, double dampening, double decay, boolean nesterov)
    implements Optimizer {
  /// Plain descent: μ = τ = λ = 0.
  public Sgd() {
    this(0, 0, 0, false);
  }

  @Override
  public Steps start(List<Parameter> parameters, Kernels kernels) {
    Moments moments = new Moments(parameters, kernels);
    Tensor[] buffer = moments.tensors("momentum");
    return new Steps() {
      @Override
      public void step(double rate) {
        boolean first = moments.next() == 1;
        for (int i = 0; i < buffer.length; i++) {
          Parameter p = moments.parameters[i];
          moments.kernels.sgd(
              p.value(),
              p.gradient(),
              buffer[i],
              rate,
              momentum,
              dampening,
              decay,
              nesterov,
              first);
        }
      }

      @Override
      public Map<String, Tensor> state() {
        return moments.state();
      }
    };
  }
}
