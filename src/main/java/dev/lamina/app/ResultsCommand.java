package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.config.Replay;
import dev.lamina.config.ResultRecord;
import dev.lamina.config.Results;
import dev.lamina.config.RunDirectory;
import dev.lamina.data.AtomicFile;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina results`: keeps accuracies as records, checks them by replays, makes `docs/results.md`.
@Command(
    name = "results",
    description = {
      "Keeps accuracies as records, checks them by replays, makes docs/results.md.",
      "Run it in the root of the repository."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina results                       renews docs/results.md and prints the table",
      "  lamina results --add runs/latest     records a finished run in results/",
      "  lamina results --replay --data DIR   says which records still hold"
    })
final class ResultsCommand implements Callable<Integer> {
  private static final Path FOLDER = Path.of("results");
  private static final Path DOCS = Path.of("docs");
  private static final Path README = Path.of("README.md");
  private static final Path PAGE = DOCS.resolve("results.md");

  @Parameters(
      arity = "0..*",
      paramLabel = "RECORD",
      description = "Records to replay (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(names = "--add", paramLabel = "RUN", description = "Records a finished run.")
  private @Nullable Path add;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The record's name (default: the preset's).")
  private @Nullable String name;

  @Option(names = "--replay", description = "Replays records and compares the hashes.")
  private boolean replay;

  @Mixin private MachineOptions machine = new MachineOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  ResultsCommand() {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec, false);
    if (add != null) {
      record(add, terminal);
    }
    Results results = Results.read(FOLDER);
    if (replay) {
      return replay(results, terminal);
    }
    if (Files.isDirectory(DOCS)) {
      AtomicFile.write(PAGE, results.page().getBytes(StandardCharsets.UTF_8));
      renewReadme(results);
    }
    terminal.print(results.table().stripTrailing());
    return 0;
  }

  private static void renewReadme(Results results) {
    if (!Files.exists(README)) {
      return;
    }
    try {
      String text = results.inserted(Files.readString(README));
      AtomicFile.write(README, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new LaminaException(README + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void record(Path run, Terminal terminal) {
    try (RunDirectory directory = RunDirectory.open(run)) {
      Map<String, Object> result =
          directory
              .result()
              .orElseThrow(() ->
                  new LaminaException(
                      run
                          + ": the run is not finished; go on with 'lamina train --resume "
                          + run
                          + "'"));
      Map<String, Object> environment = directory.environment().orElse(Map.of());
      String preset = String.valueOf(result.get("preset"));
      Experiment experiment = Experiment.of(preset, directory.config());
      String hash = Replay.hash(experiment, machine.places(), machine.kernels(Optional.empty()));
      String configuration = Files.readString(run.resolve("config.yaml"));
      ResultRecord record =
          ResultRecord.of(
              name == null ? preset : name,
              result,
              environment,
              configuration,
              new ResultRecord.Replayed(experiment.replaySteps(), hash));
      record.write(FOLDER, configuration);
      terminal.print("recorded " + record.name() + " in " + FOLDER);
    } catch (IOException e) {
      throw new LaminaException(run + ": config.yaml cannot be read: " + e.getMessage(), e);
    }
  }

  private int replay(Results results, Terminal terminal) {
    boolean hold = true;
    for (ResultRecord record : results.records()) {
      if (!names.isEmpty() && !names.contains(record.name())) {
        continue;
      }
      Experiment experiment = record.experiment(FOLDER);
      long start = System.nanoTime();
      String hash = Replay.hash(experiment, machine.places(), machine.kernels(Optional.empty()));
      boolean same = hash.equals(record.text("replay_sha256"));
      hold &= same;
      terminal.print(
          "%-32s %s  (%d updates a phase, %.0f s)"
              .formatted(
                  record.name(),
                  same ? "holds" : "is void: " + hash,
                  experiment.replaySteps(),
                  (System.nanoTime() - start) * 1e-9));
    }
    return hold ? 0 : Main.USER_ERROR;
  }
}
