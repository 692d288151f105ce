package dev.lamina.app;

import dev.lamina.analyze.PixelGradient;
import dev.lamina.analyze.Robustness;
import dev.lamina.analyze.Robustness.Method;
import dev.lamina.analyze.Robustness.Point;
import dev.lamina.config.StoredRun;
import dev.lamina.data.AtomicFile;
import dev.lamina.data.Dataset;
import dev.lamina.data.InputTransform;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `lamina analyze attack`: accuracy on attacked images, over the size of the attack.
@Command(
    name = "attack",
    description =
        "Attacks the test images of a run by one step up the loss (FGSM) and by 40 small ones (PGD),"
            + " both by the exact gradient, and draws the accuracy over the largest change of a"
            + " pixel.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina analyze attack runs/latest",
      "  lamina analyze attack runs/latest --eps 0,0.01,0.03 --samples 500"
    })
final class AnalyzeAttackCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  @Mixin private RunOption run = new RunOption();

  @Option(
      names = "--eps",
      paramLabel = "E,…",
      split = ",",
      defaultValue = "0,0.05,0.1,0.2,0.3",
      description = "Largest changes of a pixel, of 1 (default: ${DEFAULT-VALUE}).")
  private List<Double> epsilons = List.of();

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Test images, from the first on (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Mixin private MachineOptions machine = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  AnalyzeAttackCommand() {}

  @Override
  public Integer call() {
    StoredRun stored = run.find();
    Kernels kernels = machine.kernels(Optional.empty());
    Network network = stored.model(kernels).network();
    Dataset data = run.data(stored, machine.places()).test();
    Philox draws = new Philox(0, kernels);
    Pass.Extent all = new Pass.Extent(0, network.blocks().size() - 1, BATCH);
    InputTransform transform = data.transform();
    PixelGradient pixels =
        new PixelGradient(
            new Pass(network, kernels, draws, all, "attack"), transform.normalization());
    Robustness robustness = new Robustness(pixels, draws, data, samples);
    List<Point> fast = robustness.curve(Method.FGSM, epsilons);
    List<Point> projected = robustness.curve(Method.PGD, epsilons);
    Table table = new Table("rrr").row("change", "FGSM, %", "PGD, %");
    for (int i = 0; i < fast.size(); i++) {
      table.row(
          fast.get(i).epsilon(),
          "%.2f".formatted(fast.get(i).accuracy()),
          "%.2f".formatted(projected.get(i).accuracy()));
    }
    Terminal terminal = Terminal.of(spec, false);
    terminal.print(table.text());
    terminal.print(write(stored, List.of(fast, projected)).toString());
    return 0;
  }

  private static Path write(StoredRun stored, List<List<Point>> curves) {
    List<String> names = List.of("FGSM", "PGD");
    String svg = Robustness.chart("Accuracy under attack", names, curves);
    Path file = stored.pictures().resolve("attack.svg");
    AtomicFile.write(file, svg.getBytes(StandardCharsets.UTF_8));
    return file;
  }
}
