package dev.lamina.app;

import dev.lamina.config.TrainingRun.Machine;
import dev.lamina.data.DataPlaces;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.tier.Tier;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say what is computed with and where data lie; the result does not depend on
/// them.
final class MachineOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share the work (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--kernels",
      paramLabel = "TIER",
      description = "reference, vector, onednn or cuda (default: the best that is there).")
  private @Nullable String kernels;

  @Mixin private DataOption data = new DataOption();

  MachineOptions() {}

  int threads() {
    return threads;
  }

  /// The tier of the option, else the given one, else the best.
  Kernels kernels(Optional<String> otherwise) {
    Optional<String> wish =
        Optional.ofNullable(kernels)
            .or(() -> otherwise)
            .or(() -> Optional.ofNullable(System.getProperty(Tier.PROPERTY)));
    return Tier.choose(wish, threads, System.err::println);
  }

  DataPlaces places() {
    return data.places();
  }

  Machine machine(Optional<String> tier, int checkpointSteps) {
    return new Machine(places(), kernels(tier), threads, checkpointSteps);
  }
}
