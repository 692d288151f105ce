package dev.lamina.config;

import dev.lamina.network.Figures;
import dev.lamina.train.Checkpoint;
import dev.lamina.train.Listener;
import dev.lamina.train.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes what happens in a training into its run directory: metrics, log, checkpoints.
///
/// Metrics are written at fixed updates, so that a resumed run writes the same lines. The next
/// listener is told everything first.
final class RunKeeper implements Listener {
  private static final long CHECKPOINT_NANOS = 30_000_000_000L;
  private static final String VALIDATION_ACCURACY = "validation_accuracy";
  private static final int LINES_PER_EPOCH = 50;
  private static final int MOST_LINES_PER_PHASE = 400;

  private final RunDirectory directory;
  private final Listener next;
  private final int checkpointSteps;
  private final boolean validated;
  private final List<Integer> keep;
  private final int keepSteps;
  private long lastCheckpoint = System.nanoTime();
  private int stride = 1;
  private double best = -1;
  private double startSeconds;
  private volatile boolean stopped;

  /// Thrown out of a cache that is being filled when the training was told to stop.
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /// A keeper.
  ///
  /// @param checkpointSteps updates between checkpoints; 0 for one every 30 seconds
  RunKeeper(RunDirectory directory, Listener next, Experiment experiment, int checkpointSteps) {
    this.directory = directory;
    this.next = next;
    this.checkpointSteps = checkpointSteps;
    this.validated = experiment.isValidated();
    this.keep = experiment.keep();
    this.keepSteps = experiment.keepSteps();
  }

  /// Remembers the best accuracy among the metrics that a resumed run has kept.
  void restore() {
    for (Map<String, Object> line : directory.metrics().of("epoch")) {
      if (line.get(VALIDATION_ACCURACY) instanceof Number accuracy) {
        best = Math.max(best, accuracy.doubleValue());
      }
    }
  }

  /// Seconds from the start of the program until its first batch; 0 if it trained nothing.
  double startSeconds() {
    return startSeconds;
  }

  /// Ends a cache that is being filled.
  void stop() {
    stopped = true;
  }

  @Override
  public void phaseStarted(Trainer trainer) {
    if (startSeconds == 0) {
      startSeconds = Environment.secondsSinceStart();
    }
    next.phaseStarted(trainer);
    boolean begins = trainer.epoch() == 0 && trainer.batch() == 0;
    if (begins && trainer.steps() > 0) {
      checkpoint(trainer);
    }
    long updates = (long) trainer.batches() * trainer.phase().epochs();
    long perEpoch = Math.max(1, trainer.batches() / LINES_PER_EPOCH);
    stride = (int) Math.max(perEpoch, updates / MOST_LINES_PER_PHASE);
    directory.log(
        "phase '"
            + trainer.phase().name()
            + "' of "
            + trainer.phase().blocks()
            + (begins ? " begins" : " goes on"));
  }

  @Override
  public void caching(Trainer trainer, int done, int total) {
    next.caching(trainer, done, total);
    if (stopped) {
      throw new Stopped();
    }
  }

  @Override
  public void stepped(Trainer trainer) {
    next.stepped(trainer);
    if (trainer.batch() % stride == 0 || trainer.hasRead()) {
      Figures figures = new Figures();
      trainer.figures(figures);
      directory.metrics(line("step", trainer, figures));
    }
    if (isDue(trainer)) {
      checkpoint(trainer);
    }
    if (keepSteps > 0 && trainer.steps() % keepSteps == 0) {
      keep(trainer.checkpoint().withoutState(), trainer, "step-" + trainer.steps());
    }
  }

  private boolean isDue(Trainer trainer) {
    return checkpointSteps > 0
        ? trainer.steps() % checkpointSteps == 0
        : System.nanoTime() - lastCheckpoint > CHECKPOINT_NANOS;
  }

  @Override
  public void epochEnded(Trainer trainer, Figures figures) {
    next.epochEnded(trainer, figures);
    Map<String, Object> line = line("epoch", trainer, figures);
    directory.metrics(line);
    directory.log("epoch " + trainer.epoch() + " " + figures.values());
    Double accuracy = figures.values().get("test_accuracy");
    if (validated && accuracy != null && accuracy > best) {
      best = accuracy;
      trainer.checkpoint().write(directory.path().resolve("best.safetensors"));
    }
    if (keep.contains(trainer.epoch())) {
      keep(trainer.checkpoint(), trainer, Integer.toString(trainer.epoch()));
    }
  }

  @Override
  public void phaseEnded(Trainer trainer, double seconds) {
    next.phaseEnded(trainer, seconds);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "phase");
    line.put("phase", trainer.phase().name());
    line.put("step", trainer.steps());
    line.put("seconds", seconds);
    directory.metrics(line);
    directory.log("phase '" + trainer.phase().name() + "' took %.1f s".formatted(seconds));
  }

  private void keep(Checkpoint checkpoint, Trainer trainer, String when) {
    String name = trainer.phase().name() + "-" + when + ".safetensors";
    checkpoint.write(directory.path().resolve(name));
  }

  private Map<String, Object> line(String event, Trainer trainer, Figures figures) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    line.put("phase", trainer.phase().name());
    line.put("epoch", trainer.epoch() + (double) trainer.batch() / trainer.batches());
    line.put("step", trainer.steps());
    figures
        .values()
        .forEach((name, value) ->
            line.put(validated ? name.replace("test_", "validation_") : name, value));
    return line;
  }

  /// Writes a checkpoint now.
  void checkpoint(Trainer trainer) {
    directory.writeCheckpoint(trainer.checkpoint());
    lastCheckpoint = System.nanoTime();
  }
}
