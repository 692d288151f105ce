package dev.lamina.optim;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// RMSprop: steps scaled by a running root mean square of the gradient.
///
/// ```
/// g ← g + λ p;  v = α v + (1-α) g²;  centred: a = α a + (1-α) g,  v̂ = max(0, v - a²)
/// d = g / (√v̂ + ε);  buf = μ buf + d;  p ← p - lr buf
/// ```
///
/// @param alpha α, default 0.99
/// @param epsilon ε, default 1e-8
/// @param momentum μ, default 0
/// @param decay λ, default 0
/// @param centered whether the mean is subtracted
public record RmsProp(double alpha, double epsilon, double momentum, double decay, boolean centered)
    implements Optimizer {
  /// RMSprop with its defaults.
  public RmsProp() {
    this(0.99, 1e-8, 0, 0, false);
  }

  @Override
  public Steps start(List<Parameter> parameters, Kernels kernels) {
    Moments moments = new Moments(parameters, kernels);
    Tensor[] v = moments.tensors("v");
    Tensor[] mean = centered ? moments.tensors("mean") : v;
    Tensor[] buffer = momentum == 0 ? v : moments.tensors("momentum");
    return new Steps() {
      @Override
      public void step(double rate) {
        moments.next();
        for (int i = 0; i < v.length; i++) {
          Parameter p = moments.parameters[i];
          moments.kernels.rmsprop(
              p.value(),
              p.gradient(),
              v[i],
              mean[i],
              buffer[i],
              rate,
              alpha,
              epsilon,
              momentum,
              decay);
        }
      }

      @Override
      public Map<String, Tensor> state() {
        return moments.state();
      }
    };
  }
}
