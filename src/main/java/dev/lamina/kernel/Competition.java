package dev.lamina.kernel;

/// How neurons compete at one position, and what each contributes to plasticity
/// (`specs/softhebb.md`, section 4).
///
/// `S = softmax(T u)` over the neurons of the group (or another normalised function of u), the
/// winner is the largest u, the lowest index among equals, `rank` the position of the `rank`-th
/// largest.
///
/// @param form which Y is made
/// @param inverseTemperature T, > 0 (0 gives the uniform S)
/// @param delta strength of the anti-Hebbian share δ
/// @param rank K ≥ 1, the rank of the anti-Hebbian neuron
/// @param function what is normalised to S
public record Competition(
    Form form, double inverseTemperature, double delta, int rank, Soft function) {

  /// The forms of Y.
  public enum Form {
    /// 1 at the winner, else 0.
    HARD,
    /// 1 at the winner minus δ at the neuron of rank K (K = 1 gives 1-δ).
    HARD_ANTI_SUBTRACT,
    /// 1 at the winner, then the neuron of rank K set to -δ.
    HARD_ANTI_SET,
    /// S.
    SOFT,
    /// S at the winner, -S at all others (mode 0).
    SOFT_ANTI,
    /// S, but -δS at the neuron of rank K (mode 1).
    SOFT_ANTI_SCALED,
    /// S, but -δ at the neuron of rank K (mode 2).
    SOFT_ANTI_SET
  }

  /// The functions f in `S = f(u) / Σ f(u)`.
  public enum Soft {
    /// `exp(T u)`: the softmax.
    EXP,
    /// `max(0, u)`.
    RELU,
    /// `1 / (1 + exp(-u))`.
    SIGMOID,
    /// `max(0, u)^15`.
    REPU,
    /// `tanh(u)`.
    TANH
  }

  /// Checks T ≥ 0 and rank ≥ 1.
  public Competition {
    if (!(inverseTemperature >= 0) || rank < 1) {
      throw new IllegalArgumentException(
          "a competition needs an inverse temperature >= 0 and a rank >= 1 but got "
              + inverseTemperature
              + " and "
              + rank);
    }
  }

  /// The softmax competition of the given form with δ = 0 and K = 1.
  public static Competition of(Form form, double inverseTemperature) {
    return new Competition(form, inverseTemperature, 0, 1, Soft.EXP);
  }
}
