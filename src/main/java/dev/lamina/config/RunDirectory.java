package dev.lamina.config;

import dev.lamina.data.AtomicFile;
import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder that a run fills: configuration, environment, metrics, log, checkpoints, result,
/// pictures.
///
/// Whatever is replaced is written under another name, synced and renamed, so a run that is killed
/// at any moment, or meets a full disk, leaves files that can be read. `metrics.jsonl` and
/// `log.txt` grow by lines; a checkpoint holds their lengths, and a resumed run cuts them back to
/// it.
public final class RunDirectory implements AutoCloseable {
  static final String CONFIG = "config.yaml";
  static final String CHECKPOINT = "checkpoint.safetensors";
  static final String RESULT = "result.json";
  private static final String METRICS = "metrics.jsonl";
  private static final String METRICS_LENGTH = "metrics_bytes";
  private static final String LOG_LENGTH = "log_bytes";
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final Path folder;
  private final RunLog metrics;
  private final RunLog log;

  private RunDirectory(Path folder) {
    this.folder = folder;
    this.metrics = RunLog.open(folder.resolve(METRICS));
    this.log = RunLog.open(folder.resolve("log.txt"));
  }

  /// Makes the folder of a new run.
  ///
  /// @throws LaminaException if it cannot be made, or is not empty
  public static RunDirectory create(Path folder) {
    make(folder);
    if (Files.exists(folder.resolve(CONFIG))) {
      throw new LaminaException(
          "'"
              + folder
              + "' holds a run already; go on with it with '--resume "
              + folder
              + "', or name another folder with --out");
    }
    requireEmpty(folder);
    return new RunDirectory(folder);
  }

  /// Makes the folder `runs/NNN-NAME` with the next number.
  ///
  /// @param runs the folder of all runs
  /// @throws LaminaException if it cannot be made
  public static RunDirectory createNext(Path runs, String name) {
    make(runs);
    for (int number = highest(runs) + 1; ; number++) {
      Path folder = runs.resolve("%03d-%s".formatted(number, name.replace('/', '-')));
      try {
        Files.createDirectory(folder);
      } catch (FileAlreadyExistsException e) {
        continue;
      } catch (IOException e) {
        throw cannotMake(folder, e);
      }
      return new RunDirectory(folder);
    }
  }

  /// Opens the folder of a run that was begun.
  ///
  /// @throws LaminaException if it holds no run
  public static RunDirectory open(Path folder) {
    if (!Files.isRegularFile(folder.resolve(CONFIG))) {
      throw new LaminaException(
          "'"
              + folder
              + "' holds no run: there is no "
              + CONFIG
              + "; name a folder such as runs/latest");
    }
    return new RunDirectory(folder);
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw cannotMake(folder, e);
    }
  }

  private static LaminaException cannotMake(Path folder, IOException e) {
    return new LaminaException(
        "the folder '"
            + folder
            + "' cannot be made ("
            + TextFile.reason(e)
            + "); name another one with --out",
        e);
  }

  private static void requireEmpty(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new LaminaException(
            "'" + folder + "' holds files that are no run; name a new folder with --out");
      }
    } catch (IOException e) {
      throw new LaminaException("'" + folder + "' cannot be read (" + TextFile.reason(e) + ")", e);
    }
  }

  private static int highest(Path runs) {
    try (Stream<Path> folders = Files.list(runs)) {
      return folders.mapToInt(RunDirectory::number).max().orElse(0);
    } catch (IOException e) {
      throw new LaminaException("'" + runs + "' cannot be read (" + TextFile.reason(e) + ")", e);
    }
  }

  private static int number(Path folder) {
    String name = folder.getFileName().toString();
    int dash = name.indexOf('-');
    boolean counted = dash > 0 && dash < 7 && name.substring(0, dash).matches("[0-9]+");
    return counted ? Integer.parseInt(name.substring(0, dash)) : 0;
  }

  /// Lets `latest` beside the folder point to it, if the folder is one of the numbered.
  public void becomeLatest() {
    if (number(folder) > 0) {
      pointTo(folder.resolveSibling("latest"), folder.getFileName());
    }
  }

  /// Removes the folder of a run that could not begin.
  public void discard() {
    close();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      return;
    }
  }

  /// Replaces a symbolic link; where there are none, or something else has the name, nothing
  /// happens.
  private static void pointTo(Path link, Path target) {
    if (Files.exists(link, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(link)) {
      return;
    }
    Path next = link.resolveSibling("latest.part");
    try {
      Files.deleteIfExists(next);
      Files.createSymbolicLink(next, target);
      Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UnsupportedOperationException e) {
      return;
    }
  }

  /// The folder.
  public Path path() {
    return folder;
  }

  /// The folder for pictures, made when it is missing.
  public Path pictures() {
    Path pictures = folder.resolve("pictures");
    make(pictures);
    return pictures;
  }

  /// Writes `config.yaml`.
  public void writeConfig(Settings settings) {
    write(CONFIG, YamlWriter.write(settings));
  }

  /// Reads `config.yaml` as it stands there.
  public String configText() {
    return TextFile.read(folder.resolve(CONFIG));
  }

  /// Reads `config.yaml`.
  public Settings config() {
    return YamlSettings.read(folder.resolve(CONFIG));
  }

  /// Writes `environment.json`.
  public void writeEnvironment(Map<String, ?> environment) {
    write("environment.json", Json.text(environment));
  }

  /// Writes `result.json`.
  public void writeResult(Map<String, ?> result) {
    write(RESULT, Json.text(result));
  }

  /// Reads `result.json`; nothing if the run has not ended.
  public Optional<Map<String, Object>> result() {
    return json(RESULT);
  }

  /// Reads `environment.json`; nothing if it was not written.
  public Optional<Map<String, Object>> environment() {
    return json("environment.json");
  }

  private Optional<Map<String, Object>> json(String name) {
    Path file = folder.resolve(name);
    return Files.exists(file)
        ? Optional.of(Json.read(TextFile.read(file), file.toString()))
        : Optional.empty();
  }

  /// Replaces a file of this folder.
  public void write(String name, String text) {
    AtomicFile.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  /// Appends a line to `metrics.jsonl`.
  public void metrics(Map<String, ?> figures) {
    metrics.line(Json.line(figures));
  }

  /// Reads `metrics.jsonl`.
  public Metrics metrics() {
    return Metrics.read(folder.resolve(METRICS));
  }

  /// Appends a line with the time of day to `log.txt`.
  public void log(String text) {
    log.line(LocalTime.now(ZoneId.systemDefault()).format(CLOCK) + " " + text);
  }

  /// The file of the last checkpoint.
  public Path checkpointFile() {
    return folder.resolve(CHECKPOINT);
  }

  /// Writes the checkpoint from which the run can go on.
  public void writeCheckpoint(Checkpoint checkpoint) {
    checkpoint
        .with(METRICS_LENGTH, Long.toString(metrics.sync()))
        .with(LOG_LENGTH, Long.toString(log.sync()))
        .write(checkpointFile());
  }

  /// The checkpoint from which the run can go on, if one was written; metrics and log are cut back
  /// to its moment, without one to nothing.
  public Optional<Checkpoint> resume() {
    if (!Files.exists(checkpointFile())) {
      metrics.cut(0);
      log.cut(0);
      return Optional.empty();
    }
    Checkpoint checkpoint = Checkpoint.read(checkpointFile());
    metrics.cut(length(checkpoint, METRICS_LENGTH));
    log.cut(length(checkpoint, LOG_LENGTH));
    return Optional.of(checkpoint);
  }

  private long length(Checkpoint checkpoint, String key) {
    String text = checkpoint.metadata().getOrDefault(key, "");
    if (!text.matches("[0-9]{1,18}")) {
      throw new LaminaException(
          checkpointFile() + ": the metadata lack '" + key + "'; this is no checkpoint of a run");
    }
    return Long.parseLong(text);
  }

  @Override
  public void close() {
    metrics.close();
    log.close();
  }

  static LaminaException cannotWrite(Path file, IOException e) {
    return new LaminaException(
        file
            + ": cannot be written ("
            + TextFile.reason(e)
            + "); free space there, then go on with --resume",
        e);
  }
}
