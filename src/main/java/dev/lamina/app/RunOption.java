package dev.lamina.app;

import dev.lamina.config.StoredRun;
import dev.lamina.data.DataPlaces;
import dev.lamina.data.Datasets;
import dev.lamina.data.Split;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The argument that names a run, and the data that it is shown.
final class RunOption {
  @Parameters(
      paramLabel = "RUN",
      description = "A run directory, runs/latest, or a checkpoint file.")
  private Path run = Path.of("runs/latest");

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "Another data set than the run's own (see 'lamina data list').")
  private @Nullable String dataset;

  RunOption() {}

  StoredRun find() {
    return StoredRun.find(run);
  }

  /// Whether the data are those that the run learned from.
  boolean ownData() {
    return dataset == null;
  }

  Split data(StoredRun stored, DataPlaces places) {
    return dataset == null ? stored.data(places) : Datasets.load(dataset, places);
  }
}
