package dev.lamina;

import dev.lamina.config.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The image's `lamina train` in a process of its own, and what its run directory holds.
///
/// @param process the program
/// @param directory the run directory
/// @param err its standard error
record ImageRun(Process process, Path directory, Path err) {
  private static final Path IMAGE = Path.of(System.getProperty("lamina.image"));
  private static final int PATIENCE_SECONDS = 300;
  private static final int LOOK_MILLIS = 5;

  /// Begins a run of `what`, a YAML file, with more arguments and JVM options.
  static ImageRun begin(Path directory, Path what, String options, String... arguments)
      throws IOException {
    List<String> command = command(what.toString(), "--out", directory.toString());
    command.addAll(List.of(arguments));
    return start(directory, command, options);
  }

  /// Begins a run that may not make files above 64 kB (where `sh` counts in blocks of 512 bytes).
  static ImageRun beginWithSmallFiles(Path directory, Path what, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 128; exec \"$@\"", "sh"));
    command.addAll(command(what.toString(), "--out", directory.toString()));
    command.addAll(List.of(arguments));
    return start(directory, command, "-XX:-UsePerfData");
  }

  /// Goes on with a run.
  static ImageRun resume(Path directory, String... arguments) throws IOException {
    List<String> command = command("--resume", directory.toString());
    command.addAll(List.of(arguments));
    return start(directory, command, "");
  }

  /// The command line, in which an interrupt works even if whoever started this ignores it.
  private static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of("env", "--default-signal=INT", IMAGE + "/bin/lamina", "train", "--quiet"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static ImageRun start(Path directory, List<String> command, String options)
      throws IOException {
    Path err = Files.createTempFile("lamina", ".err");
    err.toFile().deleteOnExit();
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx2g " + options);
    return new ImageRun(builder.start(), directory, err);
  }

  /// Waits until a condition holds or the program ends.
  ///
  /// @return whether the program was still at work
  boolean await(Condition condition) throws IOException, InterruptedException {
    while (process.isAlive()) {
      if (condition.holds()) {
        return true;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return false;
  }

  /// Something that comes true while a program works.
  interface Condition {
    /// Whether it has come true.
    boolean holds() throws IOException;
  }

  /// Whether the run has written its configuration.
  boolean begun() {
    return Files.exists(directory.resolve("config.yaml"));
  }

  /// Whether the run has written a checkpoint.
  boolean hasCheckpoint() {
    return Files.exists(directory.resolve("checkpoint.safetensors"));
  }

  /// Whether the phase was begun.
  boolean inPhase(String name) throws IOException {
    return log().contains("phase '" + name + "'");
  }

  /// The text of `log.txt`.
  String log() throws IOException {
    Path log = directory.resolve("log.txt");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /// Waits for the end.
  ///
  /// @return the exit code
  int end() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(directory + " did not end in " + PATIENCE_SECONDS + " s");
    }
    return process.exitValue();
  }

  /// What the program said on standard error, without the lines of the JVM.
  String said() throws IOException {
    return Files.readAllLines(err).stream()
        .filter(l -> !l.startsWith("WARNING: Using incubator") && !l.startsWith("NOTE: Picked up"))
        .reduce("", (text, line) -> text + line + "\n");
  }

  /// Result and metrics of a run that has ended, without what depends on the clock.
  List<Map<String, Object>> outcome() {
    try (RunDirectory run = RunDirectory.open(directory)) {
      List<Map<String, Object>> all = new ArrayList<>(run.metrics().lines());
      all.add(run.result().orElseThrow());
      return all.stream().map(ImageRun::withoutSeconds).toList();
    }
  }

  private static Map<String, Object> withoutSeconds(Map<String, Object> line) {
    Map<String, Object> rest = new LinkedHashMap<>(line);
    rest.keySet().removeAll(List.of("start_seconds", "seconds", "phases", "threads"));
    return rest;
  }
}
