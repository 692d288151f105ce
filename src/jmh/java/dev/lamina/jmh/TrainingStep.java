package dev.lamina.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One update of a preset's phase; see `PhaseSteps`.
///
/// With `-prof gc`, `gc.alloc.rate.norm` is the memory that a step allocates, over all threads,
/// once kernels that a step calls but a few times are compiled, which takes thousands of steps. It
/// counts some 8 kB of JMH's own in every iteration: where a step takes long, `AllocationReport`
/// tells.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 6, time = 10)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class TrainingStep {
  /// Preset, and the number of its phase.
  @Param({
    "cifar10-softhebb-1/0",
    "cifar10-softhebb-1/1",
    "cifar10-softhebb-3/1",
    "cifar10-softhebb-3/2",
    "cifar10-softhebb-3/3",
    "mnist-softhebb/0",
    "mnist-softhebb/1",
    "mnist-softhebb-mlp/0",
    "mnist-softhebb-mlp/1"
  })
  public String phase;

  private PhaseSteps steps;

  /// Builds the learner.
  @Setup
  public void start() {
    steps = new PhaseSteps(phase);
  }

  /// One update.
  @Benchmark
  public void step() {
    steps.step();
  }
}
