package dev.lamina.optim;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Adam, and with decoupled decay AdamW.
///
/// ```
/// m = β₁ m + (1-β₁) g;   v = β₂ v + (1-β₂) g²
/// p ← p - lr / (1-β₁ᵗ) · m / (√v / √(1-β₂ᵗ) + ε)          λ p is added to g, or p ← p (1 - lr λ) first
/// ```
///
/// Source: Kingma & Ba 2015; Loshchilov & Hutter 2019.
///
/// @param beta1 β₁, default 0.9
/// @param beta2 β₂, default 0.999
/// @param epsilon ε, outside the root, default 1e-8
/// @param decay λ, default 0 (AdamW 0.01)
/// @param decoupled whether the decay is AdamW's
/// @param amsgrad whether v is replaced by its running maximum
public record Adam(
    double beta1, double beta2, double epsilon, double decay, boolean decoupled, boolean amsgrad)
    implements Optimizer {
  /// Adam with its defaults.
  public Adam() {
    this(0.9, 0.999, 1e-8, 0, false, false);
  }

  @Override
  public Steps start(List<Parameter> parameters, Kernels kernels) {
    Moments moments = new Moments(parameters, kernels);
    Tensor[] m = moments.tensors("m");
    Tensor[] v = moments.tensors("v");
    Tensor[] largest = amsgrad ? moments.tensors("largest") : v;
    return new Steps() {
      @Override
      public void step(double rate) {
        int t = moments.next();
        for (int i = 0; i < m.length; i++) {
          Parameter p = moments.parameters[i];
          moments.kernels.adam(
              p.value(),
              p.gradient(),
              m[i],
              v[i],
              largest[i],
              rate,
              beta1,
              beta2,
              epsilon,
              decay,
              decoupled,
              t);
        }
      }

      @Override
      public Map<String, Tensor> state() {
        return moments.state();
      }
    };
  }
}
