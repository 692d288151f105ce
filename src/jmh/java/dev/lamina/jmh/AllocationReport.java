package dev.lamina.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// The bytes that a training step allocates after warm-up, over all threads, for the phases of the
/// SoftHebb presets, or for those given as `PRESET/N`.
///
/// ```
/// mvn -Pjmh test-compile exec:exec@jmh -Djmh.main=dev.lamina.jmh.AllocationReport -Djmh.args=""
/// ```
///
/// A phase is warm when a window of two seconds allocated under 16 bytes a step, and after two
/// minutes at the latest; the window after that one counts. Compiled code decides: until C2 has
/// come to a kernel, each of its vectors is an object.
public final class AllocationReport {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long WINDOW_NANOS = 2_000_000_000;
  private static final long WARM_NANOS = 120_000_000_000L;
  private static final double GOAL = 16;

  private static final List<String> PHASES =
      List.of(
          "mnist-softhebb/0",
          "mnist-softhebb/1",
          "mnist-softhebb-mlp/0",
          "mnist-softhebb-mlp/1",
          "cifar10-softhebb-1/0",
          "cifar10-softhebb-1/1",
          "cifar10-softhebb-3/1",
          "cifar10-softhebb-3/2",
          "cifar10-softhebb-3/3");

  private final PhaseSteps steps;
  private long done;
  private long windowSteps;

  private AllocationReport(String phase) {
    this.steps = new PhaseSteps(phase);
  }

  public static void main(String[] phases) {
    Locale.setDefault(Locale.ROOT);
    for (String phase : phases.length == 0 ? PHASES : List.of(phases)) {
      new AllocationReport(phase).print(phase);
    }
  }

  private void print(String phase) {
    long end = System.nanoTime() + WARM_NANOS;
    double bytes = window();
    while (bytes >= GOAL && System.nanoTime() < end) {
      bytes = window();
    }
    long warm = done;
    bytes = window();
    System.out.printf(
        "%-22s %8.1f bytes a step  (%d steps of %.1f ms, after %d)%n",
        phase, bytes, windowSteps, WINDOW_NANOS * 1e-6 / windowSteps, warm);
  }

  /// Bytes a step in one window.
  private double window() {
    long before = THREADS.getTotalThreadAllocatedBytes();
    long begin = System.nanoTime();
    windowSteps = 0;
    while (System.nanoTime() - begin < WINDOW_NANOS) {
      steps.step();
      windowSteps++;
    }
    done += windowSteps;
    return (double) (THREADS.getTotalThreadAllocatedBytes() - before) / windowSteps;
  }
}
