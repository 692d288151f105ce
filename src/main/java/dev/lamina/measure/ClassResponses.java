package dev.lamina.measure;

import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// How each output unit responds to the samples of each class.
///
/// ```
/// mean[c, o], deviation[c, o]    over the samples of class c, the deviation of the population
/// wins[c, o]                     samples of class c whose largest output is o, the lowest on ties
/// ```
///
/// Units without names are given to classes in two ways: `greedy` goes through the classes and
/// takes the free unit with the largest mean, the lowest on ties; `best` takes the assignment with
/// the most samples on it. A class without samples gets no unit, nor does one that finds all taken.
///
/// Source: `specs/hsic-bottleneck.md`, sections 11.1 and 12.4.
public final class ClassResponses {
  /// Stands for no unit.
  public static final int NONE = -1;

  private final int units;
  private final long[] samples;
  private final double[][] mean;
  private final double[][] squares;
  private final long[][] wins;

  /// Responses of `units` units to `classes` classes.
  public ClassResponses(int classes, int units) {
    this.units = units;
    this.samples = new long[classes];
    this.mean = new double[classes][units];
    this.squares = new double[classes][units];
    this.wins = new long[classes][units];
  }

  /// Adds samples.
  ///
  /// - `outputs` `[n, units]`, or maps of as many numbers; `labels` I32 `[n]`; those below 0 are
  ///   skipped
  public void add(Tensor outputs, Tensor labels) {
    for (int i = 0; i < labels.size(); i++) {
      int label = (int) labels.get(i);
      if (label >= 0) {
        add(outputs, i * units, label);
      }
    }
  }

  /// By Welford's recurrence, which does not cancel.
  private void add(Tensor outputs, int from, int label) {
    long n = ++samples[label];
    int largest = 0;
    for (int o = 0; o < units; o++) {
      double value = outputs.get(from + o);
      double before = value - mean[label][o];
      mean[label][o] += before / n;
      squares[label][o] += before * (value - mean[label][o]);
      largest = value > outputs.get(from + largest) ? o : largest;
    }
    wins[label][largest]++;
  }

  /// The number of classes.
  public int classes() {
    return samples.length;
  }

  /// The number of samples of a class.
  public long samples(int label) {
    return samples[label];
  }

  /// The mean output of each unit over the samples of a class.
  public double[] means(int label) {
    return mean[label].clone();
  }

  /// The standard deviation of each unit over the samples of a class.
  public double[] deviations(int label) {
    return Arrays.stream(squares[label])
        .map(s -> Math.sqrt(s / Math.max(1, samples[label])))
        .toArray();
  }

  /// The unit with the largest mean over a class, taken or not.
  public int strongest(int label) {
    return free(mean[label], new boolean[units]);
  }

  /// The unit of each class by the largest class means, in the order of the classes.
  public int[] greedy() {
    boolean[] taken = new boolean[units];
    int[] unitOf = new int[classes()];
    for (int c = 0; c < unitOf.length; c++) {
      unitOf[c] = samples[c] == 0 ? NONE : free(mean[c], taken);
      if (unitOf[c] != NONE) {
        taken[unitOf[c]] = true;
      }
    }
    return unitOf;
  }

  private static int free(double[] values, boolean[] taken) {
    int at = NONE;
    for (int o = 0; o < values.length; o++) {
      if (!taken[o] && (at == NONE || values[o] > values[at])) {
        at = o;
      }
    }
    return at;
  }

  /// The unit of each class by the assignment that most samples agree with.
  public int[] best() {
    int[] unitOf = BestAssignment.of(wins);
    for (int c = 0; c < unitOf.length; c++) {
      unitOf[c] = samples[c] == 0 ? NONE : unitOf[c];
    }
    return unitOf;
  }

  /// The share of each class's samples that its unit wins, in [0, 1]; NaN for a class without
  /// samples.
  public double[] recalls(int[] unitOf) {
    double[] recalls = new double[classes()];
    for (int c = 0; c < recalls.length; c++) {
      long right = unitOf[c] == NONE ? 0 : wins[c][unitOf[c]];
      recalls[c] = samples[c] == 0 ? Double.NaN : (double) right / samples[c];
    }
    return recalls;
  }

  /// The mean of `recalls` over the classes that have samples, in percent; 0 if none has.
  public double accuracy(int[] unitOf) {
    return 100 * Arrays.stream(recalls(unitOf)).filter(r -> !Double.isNaN(r)).average().orElse(0);
  }

  /// Forgets all samples.
  public void clear() {
    Arrays.fill(samples, 0);
    for (int c = 0; c < classes(); c++) {
      Arrays.fill(mean[c], 0);
      Arrays.fill(squares[c], 0);
      Arrays.fill(wins[c], 0);
    }
  }
}
