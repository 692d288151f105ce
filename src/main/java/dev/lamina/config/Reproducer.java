package dev.lamina.config;

import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Listener;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs rows one after the other, each in its own folder, and records what they give.
///
/// A row that is done already is not run again; one that was stopped or killed goes on. A row that
/// fails is recorded with its message, and the next one starts, but for those that need it.
public final class Reproducer {
  private final Path runs;
  private final Records records;
  private final TrainingRun.Machine machine;
  private final Estimate estimate;
  private final Supplier<Listener> listeners;
  private final Consumer<String> out;
  private final Set<Path> failed = new HashSet<>();
  private volatile boolean stopped;
  private volatile @Nullable RowRun running;

  /// Where rows run and what they are told to.
  ///
  /// @param runs the folder of all rows' runs
  /// @param records where results are kept
  /// @param listeners makes a listener for each row
  /// @param out takes lines of text
  public record Place(
      Path runs, Records records, Supplier<Listener> listeners, Consumer<String> out) {}

  /// How it ended.
  public enum Ending {
    /// Every row has its figure.
    DONE,
    /// All rows were tried, and some failed.
    FAILED,
    /// The next row would take longer than the time that is left.
    OUT_OF_TIME,
    /// Someone asked to stop.
    STOPPED
  }

  /// A reproducer at work on a machine.
  public Reproducer(Place place, TrainingRun.Machine machine, Estimate estimate) {
    this.runs = place.runs();
    this.records = place.records();
    this.listeners = place.listeners();
    this.out = place.out();
    this.machine = machine;
    this.estimate = estimate;
  }

  /// Runs rows, each behind those that it needs.
  ///
  /// @param wish which rows: empty for all, `FAMILY`, or `FAMILY/ROW`
  /// @param seeds how many seeds each runs with, from that of its document on
  /// @param budget seconds; a row that would take longer than what is left does not start
  /// @throws LaminaException if there are no such rows
  public Ending run(Rows table, String wish, int seeds, double budget) {
    long start = System.nanoTime();
    List<Preset> rows = table.chosen(wish);
    for (int i = 0; i < rows.size() * seeds && !stopped; i++) {
      Preset row = rows.get(i / seeds);
      RowRun run = new RowRun(row, i % seeds, runs);
      double seconds = seconds(row, run);
      double left = budget - (System.nanoTime() - start) * 1e-9;
      if (seconds > 0 && seconds > left) {
        out.accept(
            "stopped before %s: it takes %s, but %s are left"
                .formatted(run.title(), time(seconds), time(Math.max(0, left))));
        return Ending.OUT_OF_TIME;
      }
      String state = seconds == 0 ? "done" : time(seconds) + " → " + run.folder();
      out.accept("[%d/%d] %s: %s".formatted(i + 1, rows.size() * seeds, run.title(), state));
      attempt(run, table.needs(row).stream().map(run::folder).toList());
    }
    return stopped ? Ending.STOPPED : failed.isEmpty() ? Ending.DONE : Ending.FAILED;
  }

  /// Seconds that a run still takes.
  private double seconds(Preset row, RowRun run) {
    return run.result().isPresent()
        ? 0
        : estimate.seconds(row.reproduction().orElseThrow(), records.find(row.name()));
  }

  /// A duration in words, for example `about 7 min`.
  public static String time(double seconds) {
    if (seconds < 90) {
      return "about %.0f s".formatted(seconds);
    }
    return seconds < 5400
        ? "about %.0f min".formatted(seconds / 60)
        : "about %.1f h".formatted(seconds / 3600);
  }

  private void attempt(RowRun run, List<Path> needs) {
    Optional<Path> missing = needs.stream().filter(failed::contains).findFirst();
    if (missing.isPresent()) {
      failed.add(run.folder());
      out.accept("  not run: it needs " + missing.get().getFileName() + ", which failed");
      return;
    }
    running = run;
    try {
      if (run.train(machine, listeners.get()).isPresent()) {
        record(run);
      }
    } catch (RuntimeException problem) {
      failed.add(run.folder());
      boolean known = problem instanceof LaminaException;
      String message = known ? String.valueOf(problem.getMessage()) : problem.toString();
      records.addFailure(run.recordName(), run.experiment(), message);
      records.renew();
      out.accept("  failed: " + message);
    }
  }

  private void record(RowRun run) {
    String hash = run.result().map(r -> String.valueOf(r.get("weights_sha256"))).orElse("");
    Optional<ResultRecord> old = records.find(run.recordName());
    ResultRecord record =
        old.isPresent() && old.get().text("weights_sha256").equals(hash)
            ? old.get()
            : records.add(run.folder(), Optional.of(run.recordName()), machine);
    records.renew();
    out.accept("  " + figure(record));
  }

  private static String figure(ResultRecord record) {
    String own = record.accuracy().map("%.2f %%"::formatted).orElse("no accuracy");
    String published = record.number("published").map(", published %.2f %%"::formatted).orElse("");
    String band = record.inBand().map(in -> in ? ", in its band" : ", not in its band").orElse("");
    return own + published + band;
  }

  /// Asks the row at work to write a checkpoint and all to end; any thread may call.
  public void stop() {
    stopped = true;
    RowRun run = running;
    if (run != null) {
      run.stop();
    }
  }
}
