package dev.lamina.config;

import dev.lamina.data.AtomicFile;
import dev.lamina.data.Sha256;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An accuracy that is kept: `results/NAME.json`, with the configuration beside it in `NAME.yaml`.
///
/// @param name the record's name: that of the preset, or one that says what was changed
/// @param values what the file holds, see `of`
public record ResultRecord(String name, Map<String, Object> values) {
  private static final String FAILED = "failed";
  private static final List<String> FIGURES =
      List.of(
          "test_accuracy",
          "unsupervised_test_accuracy",
          "untrained_test_accuracy",
          "published",
          "band",
          "seed",
          "tier",
          "threads",
          "steps",
          "seconds",
          "phases",
          "weights_sha256");

  /// The record of a finished run.
  ///
  /// @param result the run's `result.json`
  /// @param environment the run's `environment.json`
  /// @param configuration text of the run's `config.yaml`
  /// @param replay hash of a replay, made by the program that made the run
  public static ResultRecord of(
      String name,
      Map<String, Object> result,
      Map<String, Object> environment,
      String configuration,
      Replayed replay) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("preset", String.valueOf(result.get("preset")));
    values.put("configuration_sha256", sum(configuration));
    for (String key : FIGURES) {
      Object value = result.get(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    values.put("replay_steps", replay.steps());
    values.put("replay_sha256", replay.sha256());
    values.put("commit", String.valueOf(environment.get("commit")));
    values.put("cpu", String.valueOf(environment.get("cpu")));
    return new ResultRecord(name, values);
  }

  /// The record of an experiment that did not come to its end.
  ///
  /// @param message why
  /// @param configuration text of the experiment's document
  static ResultRecord failed(
      String name, Experiment experiment, String message, String configuration) {
    Map<String, Object> environment = Environment.describe();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("preset", experiment.name());
    values.put("configuration_sha256", sum(configuration));
    values.put(FAILED, message);
    values.put("seed", experiment.seed());
    values.put("commit", String.valueOf(environment.get("commit")));
    values.put("cpu", String.valueOf(environment.get("cpu")));
    return new ResultRecord(name, values);
  }

  /// Why there is no accuracy, if the experiment failed.
  public Optional<String> failure() {
    return Optional.ofNullable(values.get(FAILED)).map(Object::toString);
  }

  /// The accuracy on the test set in percent: that of the output, else that without labels.
  public Optional<Double> accuracy() {
    return number("test_accuracy").or(() -> number("unsupervised_test_accuracy"));
  }

  /// A replay's length and outcome.
  ///
  /// @param steps updates of each phase
  /// @param sha256 hash of the weights after them
  public record Replayed(int steps, String sha256) {}

  /// Writes `NAME.json` and `NAME.yaml` into a folder.
  ///
  /// @throws LaminaException if they cannot be written
  public void write(Path folder, String configuration) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new LaminaException(folder + ": cannot be made: " + e.getMessage(), e);
    }
    AtomicFile.write(
        folder.resolve(name + ".yaml"), configuration.getBytes(StandardCharsets.UTF_8));
    AtomicFile.write(
        folder.resolve(name + ".json"), Json.text(values).getBytes(StandardCharsets.UTF_8));
  }

  /// Reads `NAME.json`.
  static ResultRecord read(Path file) {
    String stem = file.getFileName().toString().replaceFirst("\\.json$", "");
    return new ResultRecord(stem, Json.read(TextFile.read(file), file.toString()));
  }

  /// The experiment, read from the configuration beside the record.
  ///
  /// @throws LaminaException if the configuration is not the one that ran
  public Experiment experiment(Path folder) {
    Path file = folder.resolve(name + ".yaml");
    String configuration = TextFile.read(file);
    if (!sum(configuration).equals(values.get("configuration_sha256"))) {
      throw new LaminaException(
          file + ": was changed after the run; run it again and record that run");
    }
    return Experiment.of(text("preset"), YamlSettings.read(configuration, file.toString()));
  }

  private static String sum(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /// A value as text, or a dash.
  public String text(String key) {
    Object value = values.get(key);
    return value == null ? "–" : value.toString();
  }

  /// A number, if the record has it.
  public Optional<Double> number(String key) {
    Object value = values.get(key);
    return value instanceof Number n ? Optional.of(n.doubleValue()) : Optional.empty();
  }

  /// Whether the accuracy lies in the band; nothing if there is no band.
  public Optional<Boolean> inBand() {
    @Nullable Object band = values.get("band");
    Optional<Double> accuracy = accuracy();
    if (band instanceof List<?> ends
        && ends.size() == 2
        && ends.get(0) instanceof Number low
        && ends.get(1) instanceof Number high
        && accuracy.isPresent()) {
      return Optional.of(new Band(low.doubleValue(), high.doubleValue()).holds(accuracy.get()));
    }
    return Optional.empty();
  }
}
