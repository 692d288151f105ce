package dev.lamina.app;

import dev.lamina.config.StoredRun;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/// The argument that names a run.
final class RunOption {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run directory, runs/latest, or a checkpoint file.")
  private Path run = Path.of("runs/latest");

  RunOption() {}

  StoredRun find() {
    return StoredRun.find(run);
  }
}
