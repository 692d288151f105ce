package dev.lamina.train;

import dev.lamina.layer.Mode;
import dev.lamina.network.Settings;

/// When and how a phase measures.
///
/// ```yaml
/// evaluate-every: 1
/// evaluation: {first: false, training: false, statistics: running, batch: 100, batch-means: false}
/// ```
///
/// @param every epochs between evaluations; the last epoch is always evaluated; 0 means only it
/// @param first whether the phase also measures before its first update, as epoch 0
/// @param training whether the training set is measured as the test set is
/// @param statistics whether normalisation uses running statistics or those of each batch
/// @param batch samples per batch; it changes figures only with statistics of the batch
/// @param batchMeans whether means over batches are reported beside those over samples: the last,
///   shorter batch counts like any other
public record EvaluationPlan(
    int every,
    boolean first,
    boolean training,
    Statistics statistics,
    int batch,
    boolean batchMeans) {
  /// After every epoch, on the test set.
  public static final EvaluationPlan EVERY_EPOCH =
      new EvaluationPlan(1, false, false, Statistics.RUNNING, 100, false);

  /// Once, on the test set.
  public static final EvaluationPlan AT_THE_END =
      new EvaluationPlan(0, false, false, Statistics.RUNNING, 100, false);

  /// What normalisation layers use.
  public enum Statistics {
    /// What training has gathered.
    RUNNING,
    /// Those of the batch that is measured.
    BATCH
  }

  /// Reads the keys of a phase.
  static EvaluationPlan of(Settings phase) {
    Settings s = phase.has("evaluation") ? phase.child("evaluation") : Settings.empty();
    EvaluationPlan plan =
        new EvaluationPlan(
            phase.integer("evaluate-every", 0, EVERY_EPOCH.every),
            s.flag("first", false),
            s.flag("training", false),
            s.choice("statistics", Statistics.class, Statistics.RUNNING),
            s.integer("batch", 1, EVERY_EPOCH.batch),
            s.flag("batch-means", false));
    s.finish();
    return plan;
  }

  /// How blocks run while they are measured.
  Mode mode() {
    return statistics == Statistics.RUNNING ? Mode.EVALUATE : Mode.BATCH;
  }
}
