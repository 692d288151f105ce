package dev.lamina.config;

import dev.lamina.data.AtomicFile;
import dev.lamina.tensor.LaminaException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The records of a working copy: the folder `results`, and the pages made of it.
///
/// @param root the root of the repository
public record Records(Path root) {
  /// The folder of the records.
  public Path folder() {
    return root.resolve("results");
  }

  /// All records.
  ///
  /// @throws LaminaException if one cannot be read
  public Results read() {
    return Results.read(folder());
  }

  /// The record of this name.
  public Optional<ResultRecord> find(String name) {
    return read().records().stream().filter(r -> r.name().equals(name)).findFirst();
  }

  /// Records a finished run, with a replay of its first updates; a record of the same name is
  /// replaced.
  ///
  /// @param name the record's name; that of the preset if it is missing
  /// @throws LaminaException if the run is not finished, or something cannot be read or written
  public ResultRecord add(Path run, Optional<String> name, TrainingRun.Machine machine) {
    try (RunDirectory directory = RunDirectory.open(run)) {
      Map<String, Object> result =
          directory
              .result()
              .orElseThrow(() ->
                  new LaminaException(
                      run
                          + ": the run is not finished; go on with 'lamina train --resume "
                          + run
                          + "'"));
      String preset = String.valueOf(result.get("preset"));
      Experiment experiment = Experiment.of(preset, directory.config());
      String hash = Replay.hash(experiment, machine.places(), machine.kernels());
      String configuration = directory.configText();
      ResultRecord record =
          ResultRecord.of(
              name.orElse(preset),
              result,
              directory.environment().orElse(Map.of()),
              configuration,
              new ResultRecord.Replayed(experiment.replaySteps(), hash));
      record.write(folder(), configuration);
      return record;
    }
  }

  /// Records that an experiment failed, unless an accuracy of it is on record.
  ///
  /// @param message why it failed
  public void addFailure(String name, Experiment experiment, String message) {
    if (find(name).flatMap(ResultRecord::failure).isPresent() || find(name).isEmpty()) {
      String configuration =
          YamlWriter.write(experiment.document().with("name", experiment.name()));
      ResultRecord.failed(name, experiment, message, configuration).write(folder(), configuration);
    }
  }

  /// Writes `docs/results.md` and the table of the README anew, where there are such files.
  public void renew() {
    Results results = read();
    Path docs = root.resolve("docs");
    if (Files.isDirectory(docs)) {
      write(docs.resolve("results.md"), results.page());
      Path readme = root.resolve("README.md");
      if (Files.exists(readme)) {
        write(readme, results.inserted(TextFile.read(readme)));
      }
    }
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
