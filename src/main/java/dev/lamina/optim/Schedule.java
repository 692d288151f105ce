package dev.lamina.optim;

import dev.lamina.kernel.IntegerPower;
import java.util.List;
import java.util.Objects;

/// The learning rate as a closed form of epoch and update (`specs/operations.md`, section 9).
///
/// Epochs and updates count from 0; the rate of epoch e holds during that epoch. Nothing is stored,
/// so a resumed run has the same rates.
public sealed interface Schedule {
  /// The rate in force in this epoch at this update of the phase.
  ///
  /// @param base the base rate lr₀
  double rate(double base, long epoch, long update);

  /// `lr₀` always.
  record Constant() implements Schedule {
    @Override
    public double rate(double base, long epoch, long update) {
      return base;
    }
  }

  /// `lr₀ γ^⌊e / size⌋`.
  ///
  /// @param size epochs between steps, ≥ 1
  /// @param gamma γ
  record Step(int size, double gamma) implements Schedule {
    @Override
    public double rate(double base, long epoch, long update) {
      return base * IntegerPower.of(gamma, epoch / size);
    }
  }

  /// `lr₀ γ^(number of milestones at or before e)`; one listed twice counts twice.
  ///
  /// @param milestones epochs
  /// @param gamma γ
  record Multistep(List<Integer> milestones, double gamma) implements Schedule {
    /// Keeps an unmodifiable copy.
    public Multistep {
      milestones = List.copyOf(milestones);
    }

    @Override
    public double rate(double base, long epoch, long update) {
      int passed = 0;
      for (int i = 0; i < milestones.size(); i++) {
        passed += epoch >= milestones.get(i) ? 1 : 0;
      }
      return base * IntegerPower.of(gamma, passed);
    }
  }

  /// `lr₀ γ^e`.
  ///
  /// @param gamma γ
  record Exponential(double gamma) implements Schedule {
    @Override
    public double rate(double base, long epoch, long update) {
      return base * IntegerPower.of(gamma, epoch);
    }
  }

  /// `min + (lr₀ - min)(1 + cos(π e / period)) / 2`.
  ///
  /// The cosines of the first epochs are computed beforehand: `StrictMath.cos` makes an object,
  /// which a training step must not.
  final class Cosine implements Schedule {
    private static final int MOST_KEPT = 10_000;

    private final double period;
    private final double min;
    private final double[] cosines;

    /// A schedule.
    ///
    /// @param period epochs to the minimum, > 0
    /// @param min the lowest rate
    public Cosine(double period, double min) {
      this.period = period;
      this.min = min;
      this.cosines = new double[(int) Math.min(Math.ceil(period), MOST_KEPT)];
      for (int epoch = 0; epoch < cosines.length; epoch++) {
        cosines[epoch] = cosine(epoch);
      }
    }

    private double cosine(long epoch) {
      return StrictMath.cos(StrictMath.PI * epoch / period);
    }

    @Override
    public double rate(double base, long epoch, long update) {
      double cosine = epoch < cosines.length ? cosines[(int) epoch] : cosine(epoch);
      return min + (base - min) * (1 + cosine) / 2;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Cosine that && period == that.period && min == that.min;
    }

    @Override
    public int hashCode() {
      return Objects.hash(period, min);
    }

    @Override
    public String toString() {
      return "Cosine[period=" + period + ", min=" + min + "]";
    }
  }

  /// `lr₀ (start + (1 - start) min(e, length) / length)`.
  ///
  /// @param start first share of the base rate
  /// @param length epochs until the base rate
  record Warmup(double start, double length) implements Schedule {
    @Override
    public double rate(double base, long epoch, long update) {
      return base * (start + (1 - start) * Math.min((double) epoch, length) / length);
    }
  }

  /// `lr₀ (1 - min(e, length) / length)^power`.
  ///
  /// @param length epochs until 0
  /// @param power exponent
  record Polynomial(double length, double power) implements Schedule {
    @Override
    public double rate(double base, long epoch, long update) {
      return base * StrictMath.pow(1 - Math.min((double) epoch, length) / length, power);
    }
  }

  /// Halved at fixed shares of the training (`specs/softhebb.md`, section 10): never below 20
  /// epochs; at .5 and .75 below 50; at .2, .35, .5, .6, .7, .8, .9 from 50 on.
  ///
  /// @param epochs length of the training
  record Halving(int epochs) implements Schedule {
    private static final double[] NONE = {};
    private static final double[] SHORT = {.5, .75};
    private static final double[] LONG = {.2, .35, .5, .6, .7, .8, .9};

    @Override
    public double rate(double base, long epoch, long update) {
      double rate = base;
      for (double share : epochs < 20 ? NONE : epochs < 50 ? SHORT : LONG) {
        rate *= epoch >= (long) StrictMath.floor(share * epochs) ? 0.5 : 1;
      }
      return rate;
    }
  }

  /// `max(0, lr₀ - k lr₀ ρ / E)` at update k: reaches 0 at the end of E epochs.
  ///
  /// @param ratio ρ = batch size / training samples
  /// @param epochs E; 0 means constant
  record HebbianLinear(double ratio, double epochs) implements Schedule {
    /// Above the rounding of the ratio, below one sample of any training.
    private static final double NOTHING_LEFT = 1e-12;

    @Override
    public double rate(double base, long epoch, long update) {
      double left = epochs == 0 ? 1 : 1 - update * ratio / epochs;
      return left < NOTHING_LEFT ? 0 : base * left;
    }
  }

  /// `m + (lr₀ - m) e^(-v ρ k / E)` at update k, `m = (lr₀/d - lr₀ e^-v) / (1 - e^-v)`: from lr₀ to
  /// lr₀ / d.
  ///
  /// @param ratio ρ = batch size / training samples
  /// @param epochs E; 0 means constant
  /// @param speed v
  /// @param divisor d
  record HebbianExponential(double ratio, double epochs, double speed, double divisor)
      implements Schedule {
    @Override
    public double rate(double base, long epoch, long update) {
      if (epochs == 0) {
        return base;
      }
      double end = StrictMath.exp(-speed);
      double m = (base / divisor - base * end) / (1 - end);
      return m + (base - m) * StrictMath.exp(-speed * ratio * update / epochs);
    }
  }
}
