package dev.lamina.app;

import dev.lamina.config.StoredRun;
import dev.lamina.data.Dataset;
import dev.lamina.data.Split;
import dev.lamina.model.FeatureExport;
import dev.lamina.model.Model;
import dev.lamina.network.Network;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lamina features`: what a trained network makes of a data set, for NumPy.
@Command(
    name = "features",
    description =
        "Writes what a trained network makes of a data set as NumPy arrays: features in c,h,w"
            + " order, one sample a row, and labels beside them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina features runs/latest",
      "  lamina features runs/latest --part train --block b1 --out b1.npy"
    })
final class FeaturesCommand implements Callable<Integer> {
  @Mixin private RunOption run = new RunOption();

  @Option(
      names = "--part",
      paramLabel = "test|train",
      description = "The part of the data set (default: test).")
  private Part part = Part.TEST;

  @Option(
      names = "--block",
      paramLabel = "NAME",
      description = "The block whose output is written (default: the one below the last).")
  private @Nullable String block;

  @Option(
      names = "--out",
      paramLabel = "FILE.npy",
      description = "The file (default: features-PART.npy in the run directory).")
  private @Nullable Path out;

  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  /// A part of a data set.
  enum Part {
    TEST,
    TRAIN
  }

  FeaturesCommand() {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec, false);
    StoredRun stored = run.find();
    Model model = stored.model(machine.kernels(Optional.empty()));
    Network network = model.network();
    int at = block == null ? Math.max(0, network.blocks().size() - 2) : network.blockIndex(block);
    FeatureExport export = new FeatureExport(model, at);
    Split split = run.data(stored, machine.places());
    Dataset data = part == Part.TEST ? split.test() : split.train();
    Path file = file(stored);
    Path labels = file.resolveSibling(stem(file) + "-labels.npy");
    Meter meter = new Meter(terminal, "features", data.size());
    export.features(data, file, meter::at);
    FeatureExport.labels(data, labels);
    terminal.print(file + "  " + export.sample().batch(data.size()));
    terminal.print(labels + "  [" + data.size() + "]");
    return 0;
  }

  private Path file(StoredRun stored) {
    String name = "features-" + part.name().toLowerCase(Locale.ROOT) + ".npy";
    return out == null ? stored.folder().resolve(name) : out;
  }

  private static String stem(Path file) {
    return String.valueOf(file.getFileName()).replaceFirst("\\.npy$", "");
  }
}
