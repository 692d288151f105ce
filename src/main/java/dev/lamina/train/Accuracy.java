package dev.lamina.train;

import dev.lamina.loss.Loss;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Pass;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;

/// Loss, accuracy, top-5 accuracy and confusion matrix of a network's output on the test set.
///
/// Accuracies are in percent of all samples; the predicted class is the largest output, the lowest
/// index among equals. `report` puts `test_loss` (mean over samples) and `test_accuracy`.
public final class Accuracy implements Evaluation {
  private final Loss loss;
  private final int[][] confusion;
  private double lossSum;
  private double lossOfBatches;
  private double rightOfBatches;
  private int batches;
  private int samples;
  private int topFive;

  /// An evaluation for a number of classes.
  public Accuracy(Loss loss, int classes) {
    this.loss = loss;
    this.confusion = new int[classes][classes];
  }

  @Override
  public void observe(Pass pass, boolean training) {
    Tensor z = pass.output();
    int n = pass.size();
    Tensor figures = Tensor.zeros(z.type(), 2);
    Tensor gradient = Tensor.zeros(z.type(), z.shape());
    loss.compute(pass.kernels(), figures, gradient, z, pass.labels());
    lossSum += figures.get(0) * n;
    lossOfBatches += figures.get(0);
    rightOfBatches += figures.get(1) / n;
    batches++;
    int best = Math.min(5, z.axis(-1));
    Tensor values = Tensor.zeros(z.type(), n, best);
    Tensor at = Tensor.zeros(DType.I32, Shape.of(n, best));
    pass.kernels().topK(values, at, z);
    for (int i = 0; i < n; i++) {
      int label = (int) pass.labels().get(i);
      confusion[label][(int) at.get(i * best)]++;
      for (int j = 0; j < best; j++) {
        topFive += (int) at.get(i * best + j) == label ? 1 : 0;
      }
    }
    samples += n;
  }

  /// How many samples of each true class (row) were predicted as each class (column).
  public int[][] confusion() {
    return confusion;
  }

  /// The share of right answers in percent.
  public double accuracy() {
    int right = 0;
    for (int c = 0; c < confusion.length; c++) {
      right += confusion[c][c];
    }
    return percent(right);
  }

  /// The share of right answers in percent for each true class; NaN for a class without samples.
  public double[] classAccuracies() {
    double[] shares = new double[confusion.length];
    for (int c = 0; c < shares.length; c++) {
      long all = Arrays.stream(confusion[c]).asLongStream().sum();
      shares[c] = all == 0 ? Double.NaN : 100.0 * confusion[c][c] / all;
    }
    return shares;
  }

  /// The share of samples whose class is among the five largest outputs, in percent.
  public double topFiveAccuracy() {
    return percent(topFive);
  }

  /// The mean loss over all samples.
  public double meanLoss() {
    return samples == 0 ? 0 : lossSum / samples;
  }

  private double percent(int right) {
    return samples == 0 ? 0 : 100.0 * right / samples;
  }

  @Override
  public void report(Figures out) {
    report("test", false, out);
  }

  /// Puts `SET_loss` and `SET_accuracy`, means over all samples, and, if asked, beside them
  /// `SET_loss_batch_mean` and `SET_accuracy_batch_mean`, where every batch counts alike.
  public void report(String set, boolean batchMeans, Figures out) {
    out.put(set + "_loss", meanLoss());
    out.put(set + "_accuracy", accuracy());
    if (batchMeans) {
      out.put(set + "_loss_batch_mean", lossOfBatches / batches);
      out.put(set + "_accuracy_batch_mean", 100 * rightOfBatches / batches);
    }
  }
}
