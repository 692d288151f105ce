package dev.lamina.jmh;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Training steps beside the least time that the machine allows, on two threads, by wall time. The
/// first argument, if any, picks rows by a part of their name.
///
/// ```
/// mvn -Pjmh test-compile exec:exec@jmh -Djmh.main=dev.lamina.jmh.BoundReport
///
/// bound = flop / FMA peak + flop in double / FMA peak in double + optimizer bytes / triad rate
/// ```
///
/// Peaks and triad are measured in the same run, on two threads. A step is of the phase alone:
/// noise of the data's shape, no evaluation, no listener. Operations are those of the cost tables
/// of the specs. The ratio is that of the median step.
public final class BoundReport {
  private static final int THREADS = 2;
  private static final int WARM_UP = 60;
  private static final int STEPS = 60;
  private static final int REPEATS = 200;
  private static final double MILLI = 1e-3;

  /// A phase and what a step of it must at least compute.
  ///
  /// @param phase preset, and the number of its phase
  /// @param flop operations in single precision
  /// @param doubleFlop operations in double precision
  /// @param bytes that the optimizer reads and writes
  /// @param goal the ratio to stay under
  private record Work(String phase, double flop, double doubleFlop, double bytes, double goal) {}

  private static final List<Work> WORK =
      List.of(
          // specs/phsic.md, 19: 11.6 Mflop an image; 20 bytes a parameter
          new Work("phsic/mnist-mlp-cossim-grp-div/0", 256 * 11.6e6, 0, 20 * 2.91e6, 1.4),
          // specs/hsic-bottleneck.md, 17: 9.3 + 1.7 Gflop, 0.7 in double; 12 bytes a parameter
          new Work("hsic-bottleneck/E3.m/0", 11e9, 0.7e9, 12 * 6.06e6, 1.6),
          // specs/weight-transport.md, 11: multiply-adds an image, two operations each
          new Work("akrout/mnist-bp/0", 128 * 2 * 0.799e6, 0, 12 * 0.3975e6, 1.6),
          new Work("biotorch/mnist-bp/0", 64 * 2 * 1.132e6, 0, 20 * 61_706.0, 3),
          new Work("biotorch/lenet-cifar-bp/0", 128 * 2 * 14.5e6, 0, 20 * 128_842.0, 3),
          new Work("biotorch/resnet20-bp/0", 128 * 2 * 122.4e6, 0, 20 * 0.27e6, 3));

  private static volatile double sink;

  private BoundReport() {}

  public static void main(String[] arguments) throws InterruptedException {
    Locale.setDefault(Locale.ROOT);
    String wanted = arguments.length == 0 ? "" : arguments[0];
    FmaPeak fma = new FmaPeak();
    double peak = THREADS * FmaPeak.FLOP / best(thread -> fma.peak());
    double doublePeak = THREADS * FmaPeak.DOUBLE_FLOP / best(thread -> fma.peakInDouble());
    Triad[] triads = {new Triad(), new Triad()};
    double triad = THREADS * Triad.BYTES / best(i -> triads[i].run());
    System.out.printf(
        "two threads: %.1f GFLOP/s, %.1f in double, triad %.1f GB/s%n",
        peak * 1e-9, doublePeak * 1e-9, triad * 1e-9);
    for (Work w : WORK) {
      if (w.phase.contains(wanted)) {
        print(w, w.flop / peak + w.doubleFlop / doublePeak + w.bytes / triad);
      }
    }
  }

  private static void print(Work w, double bound) {
    PhaseSteps steps = new PhaseSteps(w.phase);
    for (int i = 0; i < WARM_UP; i++) {
      steps.step();
    }
    double[] seconds = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      long begin = System.nanoTime();
      steps.step();
      seconds[i] = (System.nanoTime() - begin) * 1e-9;
    }
    Arrays.sort(seconds);
    double median = seconds[STEPS / 2];
    System.out.printf(
        "%-36s bound %8.3f ms, best %8.3f, median %8.3f: %.2f times (goal %.1f) %s%n",
        w.phase,
        bound / MILLI,
        seconds[0] / MILLI,
        median / MILLI,
        median / bound,
        w.goal,
        median <= w.goal * bound ? "PASS" : "MISS");
  }

  /// What a thread does, told its number.
  @FunctionalInterface
  private interface Load {
    /// What was computed, so that it has to be.
    double run(int thread);
  }

  /// The shortest time in seconds in which all threads did the load once: a mean over many, so that
  /// the start of a thread does not count.
  private static double best(Load load) throws InterruptedException {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      List<Thread> threads = new ArrayList<>();
      long begin = System.nanoTime();
      for (int t = 0; t < THREADS; t++) {
        int number = t;
        threads.add(Thread.ofPlatform().start(() -> repeat(load, number)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      best = Math.min(best, (System.nanoTime() - begin) * 1e-9 / REPEATS);
    }
    return best;
  }

  private static void repeat(Load load, int number) {
    double sum = 0;
    for (int i = 0; i < REPEATS; i++) {
      sum += load.run(number);
    }
    sink = sum;
  }

  /// `a = b + s c` on arrays that no cache holds.
  private static final class Triad {
    private static final int SIZE = 1 << 23;

    /// Read and written in a run.
    static final double BYTES = 12.0 * SIZE;

    private final float[] a = new float[SIZE];
    private final float[] b = new float[SIZE];
    private final float[] c = new float[SIZE];

    double run() {
      for (int i = 0; i < SIZE; i++) {
        a[i] = b[i] + 0.5f * c[i];
      }
      return a[0];
    }
  }
}
