package dev.lamina.rule.plasticity;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Function;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;

/// The bias of a SoftHebb layer: the log prior of each neuron.
///
/// ```
/// softmax:    e = exp(T b),  δb = (Σ y - N e) / e
/// rectified:  δb = Σ y - N b - B
/// b ← b + η λ δb / (max|δb| + 1e-30),   λ = 0.1 / T (convolution) or 1 / T (dense)
/// ```
///
/// `b`, `η` `[out]`; sums over the N competitions of B samples.
///
/// Source: `specs/softhebb.md`, section 6.
final class HebbianBias {
  private final Tensor b;
  private final Competition competition;
  private final double lambda;
  private final Tensor change;
  private final Tensor e;
  private final Tensor most;
  private final Tensor rate;

  HebbianBias(Tensor b, Competition competition, boolean convolution) {
    this.b = b;
    this.competition = competition;
    this.lambda = (convolution ? 0.1 : 1) / competition.inverseTemperature();
    this.change = Tensor.zeros(b.type(), b.shape());
    this.e = Tensor.zeros(b.type(), b.shape());
    this.most = Tensor.zeros(b.type(), 1);
    this.rate = Tensor.zeros(b.type(), b.shape());
  }

  void learn(Kernels k, Tensor y, Tensor eta, int samples) {
    double competitions = (double) y.size() / b.size();
    k.columnSums(change, y);
    if (competition.function() == Competition.Soft.EXP) {
      k.affine(e, b, competition.inverseTemperature(), 0);
      k.map(e, e, Function.EXP);
      k.combine(change, change, e, Operation.DIVIDE);
      k.affine(change, change, 1, -competitions);
    } else {
      k.addScaled(change, -competitions, b);
      k.affine(change, change, 1, -samples);
    }
    k.largest(most, change);
    k.affine(rate, eta, lambda, 0);
    k.addScaledRows(b, rate, change, most);
  }

  /// The change of the last batch before normalisation.
  Tensor change() {
    return change;
  }
}
