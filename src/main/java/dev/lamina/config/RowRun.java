package dev.lamina.config;

import dev.lamina.network.Settings;
import dev.lamina.network.Settings.Value;
import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Listener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One row with one seed, in a run directory of its own: `FAMILY/ROW-seed-N`.
///
/// A run that was begun there goes on. Beside the folder lies the row as it was then, `….yaml`; a
/// row that has changed since is refused, since its run would be neither the old nor the new one.
///
/// In a row's document, a text `row:NAME` stands for the last checkpoint of that row's run with the
/// same seed, `row:NAME/FILE` for another file of it.
final class RowRun {
  private static final String ROW = "row:";

  private final Preset row;
  private final String family;
  private final Path runs;
  private final int more;
  private final Experiment experiment;
  private volatile boolean stopped;
  private volatile Optional<TrainingRun> running = Optional.empty();

  /// A row with the seed of its document and `more`.
  ///
  /// @param runs the folder of all rows
  RowRun(Preset row, int more, Path runs) {
    this.row = row;
    this.family = row.reproduction().orElseThrow().family();
    this.runs = runs;
    this.more = more;
    int seed = row.document().has("seed") ? row.document().integer("seed", 0) : 0;
    Settings seeded = row.document().with("seed", seed + more);
    this.experiment = Experiment.of(row.name(), resolved(seeded, seed + more));
  }

  /// What is trained.
  Experiment experiment() {
    return experiment;
  }

  /// `FAMILY/ROW with seed N`.
  String title() {
    return family + "/" + row.rowName() + " with seed " + experiment.seed();
  }

  /// The name of its record: that of the preset, with the seed if it is not the document's.
  String recordName() {
    return more == 0 ? row.name() : row.name() + "-seed-" + experiment.seed();
  }

  /// The run directory.
  Path folder() {
    return folder(row);
  }

  /// The run directory of a row of the family with the same seed.
  Path folder(Preset other) {
    return folder(other.rowName(), experiment.seed());
  }

  private Path folder(String name, int seed) {
    return runs.resolve(family).resolve(name + "-seed-" + seed);
  }

  private Settings resolved(Settings s, int seed) {
    Map<String, Value> values = new LinkedHashMap<>();
    s.values()
        .forEach((key, v) -> values.put(key, new Value(resolved(v.content(), seed), v.where())));
    return new Settings("", "", values);
  }

  private Object resolved(Object content, int seed) {
    return switch (content) {
      case Settings s -> resolved(s, seed);
      case List<?> list ->
          list.stream()
              .map(Value.class::cast)
              .map(v -> new Value(resolved(v.content(), seed), v.where()))
              .toList();
      case String text when text.startsWith(ROW) -> file(text.substring(ROW.length()), seed);
      default -> content;
    };
  }

  private String file(String reference, int seed) {
    int slash = reference.indexOf('/');
    return slash < 0
        ? folder(reference, seed).resolve("checkpoint.safetensors").toString()
        : folder(reference.substring(0, slash), seed)
            .resolve(reference.substring(slash + 1))
            .toString();
  }

  /// The result, if the run has come to its end.
  Optional<Map<String, Object>> result() {
    Path file = folder().resolve(RunDirectory.RESULT);
    return Files.exists(file)
        ? Optional.of(Json.read(TextFile.read(file), file.toString()))
        : Optional.empty();
  }

  /// Trains to the end, or until `stop`; goes on where an earlier call was stopped or killed.
  ///
  /// @return the result; nothing if it was stopped
  /// @throws LaminaException if the run cannot begin, go on, or end
  Optional<Map<String, Object>> train(TrainingRun.Machine machine, Listener listener) {
    Path folder = folder();
    boolean begun = Files.exists(folder.resolve("config.yaml"));
    keepRow(folder.resolveSibling(folder.getFileName() + ".yaml"), begun, machine);
    Optional<Map<String, Object>> done = begun ? result() : Optional.empty();
    if (done.isPresent()) {
      return done;
    }
    try (RunDirectory directory = begun ? RunDirectory.open(folder) : RunDirectory.create(folder)) {
      return train(directory, begun, machine, listener);
    }
  }

  private Optional<Map<String, Object>> train(
      RunDirectory directory, boolean begun, TrainingRun.Machine machine, Listener listener) {
    try {
      TrainingRun run = new TrainingRun(directory, experiment, machine, listener);
      running = Optional.of(run);
      if (stopped) {
        run.stop();
      }
      if (begun) {
        run.restore();
      }
      Optional<Map<String, Object>> result = run.run();
      if (result.isPresent()) {
        RunPictures.draw(directory, experiment, run.network());
      }
      return result;
    } catch (RuntimeException problem) {
      log(directory, problem);
      throw problem;
    }
  }

  /// The disk may be what is broken: then the message must do.
  private static void log(RunDirectory directory, RuntimeException problem) {
    StringWriter text = new StringWriter();
    if (problem instanceof LaminaException) {
      text.write("error: " + problem.getMessage());
    } else {
      problem.printStackTrace(new PrintWriter(text, true));
    }
    try {
      directory.log(text.toString());
    } catch (LaminaException second) {
      problem.addSuppressed(second);
    }
  }

  /// Writes the row and its tier beside its folder, or compares them with what was begun.
  private void keepRow(Path file, boolean begun, TrainingRun.Machine machine) {
    String text =
        "# on tier " + machine.kernels().name() + "\n" + YamlWriter.write(experiment.document());
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (!begun) {
        Files.writeString(file, text);
      } else if (!Files.exists(file) || !Files.readString(file).equals(text)) {
        throw new LaminaException(
            folder()
                + ": holds a run of another tier, or of this row as it was before it was changed;"
                + " move the folder away and run the row again");
      }
    } catch (IOException e) {
      throw new LaminaException(file + ": cannot be written or read: " + e.getMessage(), e);
    }
  }

  /// Asks the training to write a checkpoint and to end; any thread may call.
  void stop() {
    stopped = true;
    running.ifPresent(TrainingRun::stop);
  }
}
