package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.config.Preset;
import dev.lamina.config.Presets;
import dev.lamina.config.Published;
import dev.lamina.config.YamlWriter;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina presets`: the presets with their published figures, or one as YAML.
@Command(
    name = "presets",
    description =
        "Lists the presets with the test accuracies that others published, or prints one as YAML"
            + " with all defaults, to be changed and trained.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lamina presets",
      "  lamina presets mnist-softhebb > mine.yaml",
      "  lamina train mine.yaml"
    })
final class PresetsCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The preset to print: its name, or FAMILY/ROW.")
  private @Nullable String name;

  @Spec private CommandSpec spec = CommandSpec.create();

  PresetsCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(name == null ? table() : yaml(Presets.shipped().find(name)));
    out.flush();
    return 0;
  }

  private static String yaml(Preset preset) {
    Experiment experiment = Experiment.of(preset.name(), preset.document());
    return YamlWriter.write(experiment.expanded(Untrained.network(experiment))).stripTrailing();
  }

  private static String table() {
    Table table = new Table("llrrl");
    table.row("Preset", "data", "published", "replicated", "source");
    for (Preset preset : Presets.shipped().all()) {
      Experiment e = Experiment.of(preset.name(), preset.document());
      String band =
          e.band().map(b -> "%s-%s".formatted(short1(b.low()), short1(b.high()))).orElse("");
      table.row(e.name(), e.data(), published(e.published()), band, e.published().source());
    }
    return table.text()
        + "\n\nAccuracies on the test set in percent; 'replicated' is what counts as a replication."
        + "\n'lamina presets NAME' prints one, 'lamina show NAME' its layers, 'lamina train NAME'"
        + " trains it.";
  }

  private static String published(Published published) {
    if (published.value().isEmpty()) {
      return "none";
    }
    String value = short1(published.value().getAsDouble());
    return published.deviation().isPresent()
        ? value + " ± " + published.deviation().getAsDouble()
        : value;
  }

  private static String short1(double percent) {
    return percent == Math.rint(percent) ? "%.0f".formatted(percent) : Double.toString(percent);
  }
}
