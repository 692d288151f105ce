package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.config.MemoryNeed;
import dev.lamina.config.Preset;
import dev.lamina.config.Presets;
import dev.lamina.config.StoredRun;
import dev.lamina.config.YamlSettings;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.layer.Parameter;
import dev.lamina.network.Network;
import dev.lamina.network.Outline;
import dev.lamina.network.RuleReport;
import dev.lamina.tensor.Shape;
import dev.lamina.train.Phase;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina show`: the layers of a network with what they cost, its phases and its tensors.
@Command(
    name = "show",
    description =
        "Shows the layers of a network (output as channels x height x width, parameters, operations"
            + " and memory for one sample), its phases (with the memory that a batch takes at most,"
            + " errors included) and its tensors as they stand in a checkpoint.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lamina show cifar10-softhebb-3",
      "  lamina show mine.yaml",
      "  lamina show runs/latest"
    })
final class ShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "PRESET|FILE.yaml|RUN",
      description = "A preset, a file, or a run directory or checkpoint.")
  private String what = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  ShowCommand() {}

  @Override
  public Integer call() {
    Path path = Path.of(what);
    if (what.endsWith(".yaml") || what.endsWith(".yml")) {
      show(Experiment.of(what, YamlSettings.read(path)));
    } else if (Files.exists(path) || what.matches("(runs/|\\.|/).*")) {
      StoredRun run = StoredRun.find(path);
      Network network = run.model(Tier.choose(Optional.empty(), 1, line -> {})).network();
      show(network, run.experiment());
    } else {
      Preset preset = Presets.shipped().find(what);
      show(Experiment.of(preset.name(), preset.document()));
    }
    return 0;
  }

  private void show(Experiment experiment) {
    show(Untrained.network(experiment), Optional.of(experiment));
  }

  /// A checkpoint that was moved away from its run has no experiment, hence no phases.
  private void show(Network network, Optional<Experiment> experiment) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(layers(network) + "\n");
    out.println(rules(network) + "\n");
    experiment.ifPresent(e -> out.println(phases(network, e.phases(network)) + "\n"));
    out.println(tensors(network));
    out.flush();
  }

  private static String layers(Network network) {
    Table table = new Table("lllrrrr");
    table.row("Block", "rule", "layer", "output", "parameters", "MFLOP", "kB");
    table.row("", "", "input", outside(network.input()), "", "", "");
    String block = "";
    Outline outline = Outline.of(network);
    for (Outline.Row row : outline.rows()) {
      boolean first = !row.block().equals(block);
      block = row.block();
      table.row(
          first ? block : "",
          first ? row.rule() : "",
          row.layer(),
          outside(row.output()),
          row.parameters() == 0 ? "" : "%,d".formatted(row.parameters()),
          row.flops() == 0 ? "" : "%,.2f".formatted(row.flops() * 1e-6),
          row.bytes() == 0 ? "" : "%,.1f".formatted(row.bytes() * 1e-3));
    }
    table.row(
        "Sum",
        "",
        "",
        "",
        "%,d".formatted(outline.parameters()),
        "%,.2f".formatted(outline.flops() * 1e-6),
        "%,.1f".formatted(outline.bytes() * 1e-3));
    return table.text();
  }

  private static String rules(Network network) {
    Table table = new Table("ll").row("Rule", "projections");
    RuleReport.of(network).counts().forEach((rule, kinds) -> table.row(rule, kinds));
    return table.text();
  }

  private static String phases(Network network, List<Phase> phases) {
    Table table = new Table("llrrr").row("Phase", "learns", "epochs", "batch", "MB of a batch");
    for (Phase phase : phases) {
      table.row(
          phase.name(),
          String.join(", ", phase.blocks()),
          phase.epochs(),
          phase.batch(),
          "%,.1f".formatted(MemoryNeed.ofBatch(network, phase) * 1e-6));
    }
    return table.text();
  }

  private static String outside(Shape inside) {
    return inside.rank() == 3
        ? inside.axis(2) + " x " + inside.axis(0) + " x " + inside.axis(1)
        : Integer.toString(inside.size());
  }

  private static String tensors(Network network) {
    Table table = new Table("lll").row("Tensor", "type", "shape");
    for (Network.Named named : network.tensors()) {
      Parameter parameter = named.parameter();
      table.row(
          named.name(),
          parameter.value().type(),
          parameter.layout().outsideShape(parameter.value().shape()));
    }
    return table.text();
  }
}
