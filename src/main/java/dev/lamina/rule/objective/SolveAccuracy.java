package dev.lamina.rule.objective;

import dev.lamina.measure.ClassResponses;
import dev.lamina.network.Evaluation;
import dev.lamina.network.Figures;
import dev.lamina.network.Pass;

/// The accuracy of an unformatted network: its output units have no names, each class takes one.
///
/// ```
/// unit(c)  = argmax over free units of the mean output of class c, in the order of the classes
/// accuracy = mean over classes of the share of samples whose largest output is unit(c)
/// ```
///
/// `report` puts `test_accuracy`, the units as `unit_of_class_0` ... (-1 for none), and
/// `train_accuracy` if the training set was shown. With statistics of the batch the figures depend
/// on the evaluation's batch size.
///
/// Source: `specs/hsic-bottleneck.md`, section 11.1.
public final class SolveAccuracy implements Evaluation {
  private final Assignment assignment;
  private final ClassResponses training;
  private final ClassResponses test;
  private boolean trained;

  /// On what, and how, classes are given their units.
  public enum Assignment {
    /// On the set that is measured, its labels included: what was published.
    SELF,
    /// On the training set: the test labels choose nothing.
    TRAIN,
    /// On the set that is measured, by the assignment that most of its samples agree with.
    HUNGARIAN
  }

  /// An evaluation of a last block with `units` outputs.
  public SolveAccuracy(int classes, int units, Assignment assignment) {
    this.assignment = assignment;
    this.training = new ClassResponses(classes, units);
    this.test = new ClassResponses(classes, units);
  }

  @Override
  public boolean needsTraining() {
    return assignment == Assignment.TRAIN;
  }

  @Override
  public void observe(Pass pass, boolean inTraining) {
    trained |= inTraining;
    (inTraining ? training : test).add(pass.output(), pass.labels());
  }

  /// The unit of each class for a set of samples.
  private int[] units(ClassResponses measured) {
    return switch (assignment) {
      case SELF -> measured.greedy();
      case TRAIN -> training.greedy();
      case HUNGARIAN -> measured.best();
    };
  }

  @Override
  public void report(Figures out) {
    if (trained) {
      out.put("train_accuracy", training.accuracy(units(training)));
    }
    int[] units = units(test);
    out.put("test_accuracy", test.accuracy(units));
    for (int c = 0; c < units.length; c++) {
      out.put("unit_of_class_" + c, units[c]);
    }
    training.clear();
    test.clear();
    trained = false;
  }
}
