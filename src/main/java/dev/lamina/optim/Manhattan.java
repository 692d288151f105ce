package dev.lamina.optim;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Parameter;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Batch Manhattan: only the sign of a change is used, not its size; sign(0) = 0.
///
/// ```
/// GRADIENT  g ← sign(g), then the optimizer
/// STATE     τ ← sign(sign(g) + μ τ + λ p);   p ← p - lr τ
/// STEP      κ ← sign(g) + μ κ + λ p;         p ← p - lr sign(κ)
/// ```
///
/// These are the settings 1, 2 and 3 of the paper (0 is the optimizer alone); μ and λ are momentum
/// and decay of the `Sgd` that is wrapped.
///
/// Source: Liao, Leibo & Poggio 2016; `specs/weight-transport.md`, section 5.6.
///
/// @param optimizer what takes the signs; an `Sgd` unless signs are of the gradient
/// @param signs what is replaced by its sign
public record Manhattan(Optimizer optimizer, Signs signs) implements Optimizer {
  /// What is replaced by its sign.
  public enum Signs {
    /// The gradient, before decay and momentum.
    GRADIENT,
    /// The gradient and the momentum after every step.
    STATE,
    /// The gradient and the step that is taken.
    STEP
  }

  /// Checks that there is a momentum to take signs of.
  ///
  /// @throws IllegalArgumentException if signs of the state or step are asked of another optimizer
  public Manhattan {
    if (signs != Signs.GRADIENT && !(optimizer instanceof Sgd)) {
      throw new IllegalArgumentException(
          "signs of the state or the step are those of sgd; take sgd, or signs of the gradient");
    }
  }

  @Override
  public Steps start(List<Parameter> parameters, Kernels kernels) {
    return signs == Signs.GRADIENT || !(optimizer instanceof Sgd sgd)
        ? ofGradient(parameters, kernels)
        : ofMomentum(sgd, new Moments(parameters, kernels));
  }

  private Steps ofGradient(List<Parameter> parameters, Kernels k) {
    Steps steps = optimizer.start(parameters, k);
    return new Steps() {
      @Override
      public void step(double rate) {
        for (int i = 0; i < parameters.size(); i++) {
          Tensor g = parameters.get(i).gradient();
          k.map(g, g, Function.SIGN);
        }
        steps.step(rate);
      }

      @Override
      public Map<String, Tensor> state() {
        return steps.state();
      }
    };
  }

  private Steps ofMomentum(Sgd sgd, Moments moments) {
    Kernels k = moments.kernels;
    Tensor[] momentum = moments.tensors("momentum");
    return new Steps() {
      @Override
      public void step(double rate) {
        moments.next();
        for (int i = 0; i < momentum.length; i++) {
          step(moments.parameters[i], momentum[i], rate);
        }
      }

      private void step(Parameter p, Tensor tau, double rate) {
        Tensor g = p.gradient();
        k.map(g, g, Function.SIGN);
        k.affine(tau, tau, sgd.momentum(), 0);
        k.addScaled(tau, 1, g);
        k.addScaled(tau, sgd.decay(), p.value());
        Tensor change = signs == Signs.STATE ? tau : g;
        k.map(change, tau, Function.SIGN);
        k.addScaled(p.value(), -rate, change);
      }

      @Override
      public Map<String, Tensor> state() {
        return moments.state();
      }
    };
  }
}
