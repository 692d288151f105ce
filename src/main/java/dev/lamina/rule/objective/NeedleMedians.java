package dev.lamina.rule.objective;

import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Pass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Where a network of one output unit puts the classes: the median of each, and how well the
/// nearest median tells the class.
///
/// `report` puts `median_of_class_0` ... over the training set, and `train_accuracy` and
/// `test_accuracy`: the share of samples in percent whose nearest of those medians is their own. A
/// class without samples has the median NaN and is nobody's nearest.
///
/// Source: `specs/hsic-bottleneck.md`, sections 13.3 (E9) and 19.2.
public final class NeedleMedians implements Evaluation {
  private final List<List<Double>> training = new ArrayList<>();
  private final List<List<Double>> test = new ArrayList<>();

  /// An evaluation of a last block with one output.
  public NeedleMedians(int classes) {
    for (int c = 0; c < classes; c++) {
      training.add(new ArrayList<>());
      test.add(new ArrayList<>());
    }
  }

  @Override
  public boolean needsTraining() {
    return true;
  }

  @Override
  public void observe(Pass pass, boolean inTraining) {
    for (int i = 0; i < pass.size(); i++) {
      int label = (int) pass.labels().get(i);
      if (label >= 0) {
        (inTraining ? training : test).get(label).add(pass.output().get(i));
      }
    }
  }

  private static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    Collections.sort(values);
    int half = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(half)
        : (values.get(half - 1) + values.get(half)) / 2;
  }

  private static int nearest(double value, double[] medians) {
    int at = 0;
    for (int c = 1; c < medians.length; c++) {
      double distance = Math.abs(value - medians[c]);
      at = distance < Math.abs(value - medians[at]) || Double.isNaN(medians[at]) ? c : at;
    }
    return at;
  }

  private static double accuracy(List<List<Double>> set, double[] medians) {
    int right = 0;
    int all = 0;
    for (int c = 0; c < set.size(); c++) {
      for (double value : set.get(c)) {
        right += nearest(value, medians) == c ? 1 : 0;
        all++;
      }
    }
    return all == 0 ? 0 : 100.0 * right / all;
  }

  @Override
  public void report(Figures out) {
    double[] medians = training.stream().mapToDouble(NeedleMedians::median).toArray();
    out.put("train_accuracy", accuracy(training, medians));
    out.put("test_accuracy", accuracy(test, medians));
    for (int c = 0; c < medians.length; c++) {
      out.put("median_of_class_" + c, medians[c]);
    }
    training.forEach(List::clear);
    test.forEach(List::clear);
  }
}
