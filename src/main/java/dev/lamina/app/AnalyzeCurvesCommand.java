package dev.lamina.app;

import dev.lamina.config.OverlaidRuns;
import dev.lamina.data.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina analyze curves`: one figure of several runs.
@Command(
    name = "curves",
    description =
        "Draws a figure that runs have logged, a curve for each run. Curves of batches are smoothed"
            + " and have a band of one standard deviation.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  lamina analyze curves output_hx runs/relu runs/tanh --event step --out figure2a.svg"
    })
final class AnalyzeCurvesCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FIGURE",
      description = "A name of metrics.jsonl, for example test_accuracy.")
  private String figure = "";

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "RUN", description = "Run directories.")
  private List<Path> runs = List.of();

  @Option(
      names = "--event",
      paramLabel = "epoch|step",
      description = "After each epoch, or along the batches (default: epoch).")
  private Event event = Event.EPOCH;

  @Option(
      names = "--out",
      paramLabel = "FILE.svg",
      defaultValue = "curves.svg",
      description = "The file (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  /// Which lines of the metrics are read.
  enum Event {
    EPOCH,
    STEP
  }

  AnalyzeCurvesCommand() {}

  @Override
  public Integer call() {
    String svg = OverlaidRuns.svg(figure, event == Event.STEP, runs);
    AtomicFile.write(out, svg.getBytes(StandardCharsets.UTF_8));
    Terminal.of(spec, false).print(out.toString());
    return 0;
  }
}
