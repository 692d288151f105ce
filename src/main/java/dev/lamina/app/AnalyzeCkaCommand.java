package dev.lamina.app;

import dev.lamina.analyze.LayerSimilarity;
import dev.lamina.analyze.SimilarityMap;
import dev.lamina.config.StoredRun;
import dev.lamina.data.AtomicFile;
import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.LaminaException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina analyze cka`: the similarity of two networks, layer by layer.
@Command(
    name = "cka",
    description =
        "Draws how alike the layers of two runs are on test images: linear CKA, 1 for features that"
            + " differ by a rotation and a scale alone.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lamina analyze cka runs/001-mnist-softhebb runs/latest"})
final class AnalyzeCkaCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "RUN", description = "The rows of the picture.")
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "RUN", description = "Its columns.")
  private Path second = Path.of("");

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "500",
      description = "Test images, from the first on (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--out",
      paramLabel = "FILE.svg",
      defaultValue = "cka.svg",
      description = "The file (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  AnalyzeCkaCommand() {}

  @Override
  public Integer call() {
    if (samples < 2) {
      throw new LaminaException("--samples is " + samples + " but a similarity needs at least 2");
    }
    Kernels kernels = machine.kernels(Optional.empty());
    StoredRun rows = StoredRun.find(first);
    StoredRun columns = StoredRun.find(second);
    Dataset ofRows = rows.data(machine.places()).test();
    Dataset ofColumns = columns.data(machine.places()).test();
    if (!ofRows.name().equals(ofColumns.name())) {
      throw new LaminaException(
          "'%s' learned from %s but '%s' from %s; compare runs on one data set"
              .formatted(first, ofRows.name(), second, ofColumns.name()));
    }
    LayerSimilarity a = layers(rows, ofRows, kernels);
    LayerSimilarity b = layers(columns, ofColumns, kernels);
    String title = "Linear CKA on " + samples + " test images of " + ofRows.name();
    String svg = SimilarityMap.of(title, a.cka(b, kernels), a.names(), b.names());
    AtomicFile.write(out, svg.getBytes(StandardCharsets.UTF_8));
    Terminal.of(spec, false).print(out.toString());
    return 0;
  }

  private LayerSimilarity layers(StoredRun run, Dataset data, Kernels kernels) {
    return LayerSimilarity.of(run.model(kernels).network(), data, samples, kernels);
  }
}
