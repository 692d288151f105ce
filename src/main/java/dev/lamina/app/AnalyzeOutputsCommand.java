package dev.lamina.app;

import dev.lamina.analyze.Animation;
import dev.lamina.analyze.NeedlePicture;
import dev.lamina.analyze.OutputsByClass;
import dev.lamina.analyze.UnitPicture;
import dev.lamina.config.StoredRun;
import dev.lamina.data.AtomicFile;
import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.model.Model;
import dev.lamina.network.Network;
import dev.lamina.tensor.LaminaException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lamina analyze outputs`: what a block's units make of each class.
@Command(
    name = "outputs",
    description = {
      "Draws the outputs of a block for each class of the training set, normalised by the"
          + " statistics of each batch: means and deviations of all units, or densities if there is"
          + " one unit.",
      "With --animate it makes an HTML file that plays the pictures of all checkpoints that the run"
          + " has kept ('keep' or 'keep-steps' in its configuration)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina analyze outputs runs/latest",
      "  lamina analyze outputs runs/latest --block f7 --animate"
    })
final class AnalyzeOutputsCommand implements Callable<Integer> {
  private static final int MILLISECONDS = 100;

  @Mixin private RunOption run = new RunOption();

  @Option(
      names = "--block",
      paramLabel = "NAME",
      description = "The block (default: the highest that was trained).")
  private @Nullable String block;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "256",
      description = "Samples per batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(names = "--animate", description = "One picture for each checkpoint that was kept.")
  private boolean animate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The file (default: pictures/outputs.svg or .html in the run directory).")
  private @Nullable Path out;

  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  AnalyzeOutputsCommand() {}

  @Override
  public Integer call() {
    StoredRun stored = run.find();
    Kernels kernels = machine.kernels(Optional.empty());
    Dataset data = run.data(stored, machine.places()).train();
    String text =
        animate
            ? Animation.html("Outputs of each class", frames(stored, data, kernels), MILLISECONDS)
            : picture("Outputs of each class", stored, stored.model(kernels), data, kernels);
    Path file =
        out == null ? stored.pictures().resolve(animate ? "outputs.html" : "outputs.svg") : out;
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    Terminal.of(spec, false).print(file.toString());
    return 0;
  }

  private List<String> frames(StoredRun stored, Dataset data, Kernels kernels) {
    List<String> frames = new ArrayList<>();
    for (Map.Entry<String, Path> kept : stored.kept().entrySet()) {
      Model model = Model.load(kept.getValue(), kernels);
      frames.add(picture(kept.getKey(), stored, model, data, kernels));
    }
    if (frames.isEmpty()) {
      throw new LaminaException(
          "'"
              + stored.folder()
              + "' has kept no checkpoints; train with --set keep=[1,2,3] (epochs) or"
              + " --set keep-steps=10 (updates)");
    }
    return frames;
  }

  private String picture(
      String title, StoredRun stored, Model model, Dataset data, Kernels kernels) {
    Network network = model.network();
    int at = block == null ? stored.highestTrained(network) : network.blockIndex(block);
    OutputsByClass outputs = new OutputsByClass(network, at, batch, kernels);
    return network.blocks().get(at).output().size() == 1
        ? NeedlePicture.of(title, outputs.values(data))
        : UnitPicture.of(title, outputs.responses(data));
  }
}
