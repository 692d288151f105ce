package dev.lamina.rule.plasticity;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Kernels;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Pass;
import dev.lamina.network.Tap;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// What a layer learned without labels: each neuron gets the class it wins most, then winners
/// predict.
///
/// ```
/// R[o, c] = training samples of class c that neuron o won; Σ S[o] over class c if it won nothing
/// label(o) = argmax_c R[o, c], lowest on ties;  accuracy = share of samples whose winner's label is right
/// ```
///
/// Training and test accuracy both use the labels of the training set. Samples with label -1 are
/// skipped. The layer must be dense: one competition per sample.
///
/// Source: `specs/softhebb.md`, section 16.
public final class NeuronLabels implements Evaluation {
  private final int block;
  private final int classes;
  private final double inverseTemperature;
  private final boolean soft;
  private final Votes training = new Votes();
  private final Votes test = new Votes();
  private double[][] won = new double[0][];
  private double[][] responded = new double[0][];

  /// An evaluation of a dense block.
  ///
  /// @param competition the competition of its rule: soft forms label neurons that never won by S
  public NeuronLabels(int block, int classes, Competition competition) {
    this.block = block;
    this.classes = classes;
    this.inverseTemperature = competition.inverseTemperature();
    this.soft =
        switch (competition.form()) {
          case HARD, HARD_ANTI_SUBTRACT, HARD_ANTI_SET -> false;
          case SOFT, SOFT_ANTI, SOFT_ANTI_SCALED, SOFT_ANTI_SET -> true;
        };
  }

  @Override
  public boolean needsTraining() {
    return true;
  }

  @Override
  public void observe(Pass pass, boolean inTraining) {
    Kernels k = pass.kernels();
    Tensor u = pass.tap(block, Tap.U);
    int outputs = u.axis(-1);
    if (won.length == 0) {
      won = new double[outputs][classes];
      responded = new double[outputs][classes];
    }
    Tensor winner = Tensor.zeros(DType.I32, Shape.of(pass.size()));
    k.argmax(winner, u);
    Tensor s = pass.scratch(block, "s", u.shape());
    if (inTraining && soft) {
      k.softmax(s, u, inverseTemperature);
    }
    for (int i = 0; i < pass.size(); i++) {
      int label = (int) pass.labels().get(i);
      if (label < 0) {
        continue;
      }
      (inTraining ? training : test).add((int) winner.get(i), label);
      if (inTraining) {
        won[(int) winner.get(i)][label]++;
        for (int o = 0; soft && o < outputs; o++) {
          responded[o][label] += s.get(i * outputs + o);
        }
      }
    }
  }

  /// The label of each neuron, from the training samples seen so far.
  public int[] labels() {
    int[] labels = new int[won.length];
    for (int o = 0; o < labels.length; o++) {
      double total = 0;
      for (double count : won[o]) {
        total += count;
      }
      labels[o] = firstLargest(total > 0 ? won[o] : responded[o]);
    }
    return labels;
  }

  private static int firstLargest(double[] row) {
    int at = 0;
    for (int c = 1; c < row.length; c++) {
      at = row[c] > row[at] ? c : at;
    }
    return at;
  }

  @Override
  public void report(Figures out) {
    int[] labels = labels();
    out.put("unsupervised_train_accuracy", training.accuracy(labels));
    out.put("unsupervised_test_accuracy", test.accuracy(labels));
    int winners = 0;
    for (double[] row : won) {
      double total = 0;
      for (double count : row) {
        total += count;
      }
      winners += total > 0 ? 1 : 0;
    }
    out.put("winning_neurons", winners);
    won = new double[0][];
    responded = new double[0][];
    training.clear();
    test.clear();
  }

  /// Winners and true labels of samples, in the order they came.
  private static final class Votes {
    private int[] winners = new int[1024];
    private int[] labels = new int[1024];
    private int size;

    void add(int winner, int label) {
      if (size == winners.length) {
        winners = Arrays.copyOf(winners, 2 * size);
        labels = Arrays.copyOf(labels, 2 * size);
      }
      winners[size] = winner;
      labels[size++] = label;
    }

    double accuracy(int[] neuronLabels) {
      int right = 0;
      for (int i = 0; i < size; i++) {
        right += neuronLabels[winners[i]] == labels[i] ? 1 : 0;
      }
      return size == 0 ? 0 : 100.0 * right / size;
    }

    void clear() {
      size = 0;
    }
  }
}
