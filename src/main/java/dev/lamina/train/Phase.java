package dev.lamina.train;

import dev.lamina.layer.Mode;
import dev.lamina.network.Described;
import dev.lamina.network.Kinds;
import dev.lamina.network.Plan;
import dev.lamina.network.Probe;
import dev.lamina.network.Probes;
import dev.lamina.network.Settings;
import dev.lamina.network.Tuning;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// A stretch of training: some blocks, for some epochs.
///
/// @param name unique in its list; it names the phase's random numbers
/// @param blocks names of the blocks that learn
/// @param epochs passes over the training set, ≥ 0
/// @param batch samples per update, ≥ 1
/// @param shuffled whether each epoch has an order of its own, or the file's
/// @param dropLast whether a last, shorter batch is left out
/// @param optimizer how gradients become changes, for blocks that have gradients
/// @param rate base learning rate of the optimizer
/// @param schedule the rate over time
/// @param evaluation when and how it measures
/// @param statistics how running statistics of the learning blocks come about
/// @param frozen what normalisation layers of the other blocks use
/// @param restart names of blocks that are set back to their initial parameters first
/// @param probes what is read of its batches now and then
public record Phase(
    String name,
    List<String> blocks,
    int epochs,
    int batch,
    boolean shuffled,
    boolean dropLast,
    Described optimizer,
    double rate,
    Described schedule,
    EvaluationPlan evaluation,
    RunningStatistics statistics,
    EvaluationPlan.Statistics frozen,
    List<String> restart,
    List<Probe> probes) {
  /// Keeps unmodifiable copies.
  public Phase {
    blocks = List.copyOf(blocks);
    restart = List.copyOf(restart);
    probes = List.copyOf(probes);
  }

  /// A phase whose running statistics move once a batch, without probes.
  public Phase(
      String name,
      List<String> blocks,
      int epochs,
      int batch,
      boolean shuffled,
      boolean dropLast,
      Described optimizer,
      double rate,
      Described schedule,
      EvaluationPlan evaluation) {
    this(
        name,
        blocks,
        epochs,
        batch,
        shuffled,
        dropLast,
        optimizer,
        rate,
        schedule,
        evaluation,
        RunningStatistics.ONCE,
        EvaluationPlan.Statistics.RUNNING,
        List.of(),
        List.of());
  }

  /// The order of samples in an epoch.
  public enum Order {
    /// A permutation of its own for every epoch.
    SHUFFLED,
    /// The order of the data set.
    FILE
  }

  /// How blocks run that do not learn.
  Mode modeOfOthers() {
    return frozen == EvaluationPlan.Statistics.RUNNING ? Mode.EVALUATE : Mode.BATCH;
  }

  /// Reads a phase from its settings; keys have the names of the record's parts, `learn` its
  /// blocks.
  public static Phase of(Settings s) {
    Phase phase =
        new Phase(
            s.text("name"),
            s.texts("learn"),
            s.integer("epochs", 0),
            s.integer("batch", 1),
            s.choice("order", Order.class, Order.SHUFFLED) == Order.SHUFFLED,
            s.flag("drop-last", false),
            s.described("optimizer", "adam"),
            s.positive("rate", 0.001),
            s.described("schedule", "constant"),
            EvaluationPlan.of(s),
            s.choice("statistics", RunningStatistics.class, RunningStatistics.ONCE),
            s.choice("frozen", EvaluationPlan.Statistics.class, EvaluationPlan.Statistics.RUNNING),
            s.texts("restart"),
            s.describedList("probes").stream().map(Probes::of).toList());
    if (phase.blocks.isEmpty()) {
      throw s.error("learn", "must name at least one block");
    }
    s.finish();
    phase.plan(1);
    return phase;
  }

  /// What rules are told of this phase on a training set of `samples`.
  public Plan plan(long samples) {
    return plan(samples, Tuning.NONE);
  }

  /// What the rule of a block is told that is tuned in its own way.
  public Plan plan(long samples, Tuning block) {
    double ratio = (double) batch / Math.max(1, samples);
    return new Plan(
        epochs,
        batch,
        samples,
        Kinds.optimizer(block.optimizer().orElse(optimizer)),
        block.rate().orElse(rate),
        Kinds.schedule(block.schedule().orElse(schedule), epochs, ratio));
  }

  /// Updates in one epoch over `samples` samples.
  public int updates(int samples) {
    return dropLast ? samples / batch : (samples + batch - 1) / batch;
  }

  /// Writes the order of samples in an epoch (from 0): a draw of stream `NAME.order` at step epoch,
  /// or the file's.
  public void order(int[] order, long epoch, Draws draws) {
    if (shuffled) {
      draws.permutation(Tensor.of(order), name + ".order", epoch);
      return;
    }
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /// Whether the epoch (from 0) ends with an evaluation.
  public boolean evaluates(int epoch) {
    int every = evaluation.every();
    return epoch == epochs - 1 || (every > 0 && (epoch + 1) % every == 0);
  }
}
