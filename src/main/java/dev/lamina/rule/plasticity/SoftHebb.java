package dev.lamina.rule.plasticity;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Kernels;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Learning;
import dev.lamina.network.Network;
import dev.lamina.network.Plan;
import dev.lamina.network.Reach;
import dev.lamina.network.Rule;
import dev.lamina.tensor.Draws;
import java.util.List;
import java.util.Optional;

/// Hebbian learning in a soft winner-take-all layer (Journé et al. 2023; Moraitis et al. 2022).
///
/// ```
/// u = x W~ᵀ + b                      pre-activation of N competitions (samples × positions)
/// y = competition(u)                 per group, e.g. ±softmax(T u): + at the winner, - at the losers
/// Δ = Σ y xᵀ - diag(Σ y u) W         the unnormalised change
/// W ← W + η_o Δ / (max|Δ| + 1e-30)   one maximum per group
/// η_o = η₀ (|‖w_o‖ - 1| + 1e-10)^q   recomputed after the change; or a schedule
/// ```
///
/// `x` `[N, in]` patches of the padded input, `u`, `y` `[N, out]`, `W` `[out, in]`, `b`, `η`
/// `[out]`.
///
/// With a bias, `δb = (Σ y - N e) / e` with `e = exp(T b)` for softmax and `Σ y - N b - B` for
/// rectified neurons (B samples), `b ← b + η λ δb / (max|δb| + 1e-30)`, λ = 0.1/T for convolutions
/// and 1/T for dense layers.
///
/// Batch order changes nothing but rounding; an all-zero input changes nothing; NaN or infinity in
/// Δ stops the training before any weight is written.
///
/// Source: `specs/softhebb.md`, sections 3-7.
///
/// @param competition how y is made; empty for the supervised form, where y is the one-hot label
/// @param rate η
/// @param trained number of neurons that learn, from the first; 0 means all
public record SoftHebb(Optional<Competition> competition, Rate rate, int trained) implements Rule {
  /// The rule in which all neurons learn.
  public SoftHebb(Competition competition, Rate rate) {
    this(Optional.of(competition), rate, 0);
  }

  @Override
  public String name() {
    return "soft-hebb";
  }

  @Override
  public Reach reach() {
    return Reach.NONE;
  }

  @Override
  public boolean supervised() {
    return competition.isEmpty();
  }

  @Override
  public List<Evaluation> evaluations(Network network, int block) {
    boolean onePlace = network.blocks().get(block).output().rank() == 1;
    return competition
        .filter(how -> onePlace)
        .map(how -> List.<Evaluation>of(new NeuronLabels(block, network.output().size(), how)))
        .orElse(List.of());
  }

  @Override
  public Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels) {
    return new SoftHebbLearning(this, network, block, plan, kernels);
  }
}
