package dev.lamina;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A program that ran to its end in a process of its own.
///
/// @param code its exit code
/// @param out what it wrote to the standard output
/// @param err what it wrote to the standard error, without the JVM's line about incubator modules
record Run(int code, String out, String err) {

  private static final int PATIENCE_SECONDS = 120;

  /// Runs a command in a folder, where its two outputs are kept as well.
  static Run of(Path folder, List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end in " + PATIENCE_SECONDS + " s");
    }
    return new Run(process.exitValue(), Files.readString(out), ours(Files.readString(err)));
  }

  private static String ours(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
        .reduce("", (lines, line) -> lines + line + "\n");
  }
}
