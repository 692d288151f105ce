package dev.lamina.kernel.reference;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Competition.Form;
import dev.lamina.tensor.Tensor;

/// The competition of the neurons of a group at one position (`specs/softhebb.md`, section 4).
final class ReferenceCompetition {
  private static final int REPU_POWER = 15;

  private final Competition how;
  private final int neurons;
  private final double[] y;
  private final double[] u;
  private final double[] c;
  private final double[] wins;

  private ReferenceCompetition(Competition how, double[] u, double[] wins, int neurons) {
    this.how = how;
    this.neurons = neurons;
    this.y = new double[u.length];
    this.u = u;
    this.c = new double[neurons];
    this.wins = wins;
  }

  static void compete(Tensor y, Tensor c, Tensor wins, Tensor u, Competition how, int groups) {
    int neurons = u.axis(-1);
    var round = new ReferenceCompetition(how, Doubles.of(u), Doubles.of(wins), neurons);
    for (int row = 0; row < u.size(); row += neurons) {
      for (int group = 0; group < groups; group++) {
        round.decide(row, group * (neurons / groups), neurons / groups);
      }
    }
    Doubles.store(y, round.y);
    Doubles.store(c, round.c);
    Doubles.store(wins, round.wins);
  }

  /// One group of `length` neurons from `first` on, in the row that starts at `row`.
  private void decide(int row, int first, int length) {
    int winner = first + ReferenceRows.argmax(u, row + first, length);
    int ranked = how.rank() == 1 ? winner : first + ranked(row + first, length);
    boolean hard = isHard(how.form());
    double[] s = hard ? new double[length] : soft(row + first, length);
    for (int i = first; i < first + length; i++) {
      double before = hard ? (i == winner ? 1 : 0) : s[i - first];
      double signed = signed(before, i == winner, i == ranked);
      y[row + i] = signed;
      c[i] += signed * u[row + i];
      wins[i] += before;
    }
    wins[neurons + ranked] += 1;
    wins[2 * neurons + winner] += Math.abs(y[row + winner]);
    wins[3 * neurons + ranked] += s[ranked - first];
  }

  private int ranked(int at, int length) {
    return ReferenceRows.descending(u, at, length)[how.rank() - 1];
  }

  private static boolean isHard(Form form) {
    return form == Form.HARD || form == Form.HARD_ANTI_SUBTRACT || form == Form.HARD_ANTI_SET;
  }

  /// What a neuron contributes to plasticity, from its share of the competition.
  private double signed(double share, boolean isWinner, boolean isRanked) {
    return switch (how.form()) {
      case HARD, SOFT -> share;
      case HARD_ANTI_SUBTRACT -> isRanked ? share - how.delta() : share;
      case HARD_ANTI_SET, SOFT_ANTI_SET -> isRanked ? -how.delta() : share;
      case SOFT_ANTI -> isWinner ? share : -share;
      case SOFT_ANTI_SCALED -> isRanked ? -how.delta() * share : share;
    };
  }

  /// `S = f(u) / Σ f(u)`; zeros where the sum is 0.
  private double[] soft(int at, int length) {
    double[] s = new double[length];
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < length; i++) {
      max = Math.max(max, how.inverseTemperature() * u[at + i]);
    }
    double sum = 0;
    for (int i = 0; i < length; i++) {
      s[i] = f(u[at + i], max);
      sum += s[i];
    }
    for (int i = 0; i < length; i++) {
      s[i] = sum == 0 ? 0 : s[i] / sum;
    }
    return s;
  }

  private double f(double x, double max) {
    return switch (how.function()) {
      case EXP -> StrictMath.exp(how.inverseTemperature() * x - max);
      case RELU -> Math.max(0, x);
      case SIGMOID -> ReferenceActivations.sigmoid(x);
      case REPU -> StrictMath.pow(Math.max(0, x), REPU_POWER);
      case TANH -> StrictMath.tanh(x);
    };
  }
}
