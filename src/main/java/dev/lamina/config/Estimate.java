package dev.lamina.config;

import dev.lamina.kernel.tier.SelfTest;
import java.util.Optional;

/// How long a row will take on this machine.
///
/// What a record of the same CPU and as many threads took; else the row's `minutes`, which are
/// those of two cores with AVX2, by the speed of a product of matrices here.
///
/// @param speed of a product of F32 matrices on all threads, in GFLOP/s
/// @param cpu name of the CPU
/// @param threads how many threads work
public record Estimate(double speed, String cpu, int threads) {
  /// The speed of two cores with AVX2 at 3 GHz: 96 GFLOP/s each at the peak, four fifths reached.
  private static final double MINUTES_SPEED = 150;

  /// Measures this machine for about a second.
  public static Estimate of(TrainingRun.Machine machine) {
    SelfTest test = SelfTest.of(machine.kernels().name(), machine.threads());
    String cpu = String.valueOf(Environment.describe().get("cpu"));
    return new Estimate(test.allThreads(), cpu, machine.threads());
  }

  /// Seconds of training.
  ///
  /// @param record what the row's own record says, if there is one
  public double seconds(Reproduction row, Optional<ResultRecord> record) {
    return record
        .filter(r -> r.text("cpu").equals(cpu) && r.text("threads").equals("" + threads))
        .flatMap(r -> r.number("seconds"))
        .orElse(60 * row.minutes() * MINUTES_SPEED / speed);
  }
}
