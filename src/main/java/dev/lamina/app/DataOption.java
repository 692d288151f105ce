package dev.lamina.app;

import dev.lamina.data.DataPlaces;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option that says where data lie.
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with data sets; looked into before LAMINA_DATA and the cache.")
  private @Nullable Path data;

  DataOption() {}

  Optional<Path> folder() {
    return Optional.ofNullable(data);
  }

  DataPlaces places() {
    return data == null ? DataPlaces.usual() : DataPlaces.usual(data);
  }
}
