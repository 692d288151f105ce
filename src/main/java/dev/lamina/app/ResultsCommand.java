package dev.lamina.app;

import dev.lamina.config.Experiment;
import dev.lamina.config.Records;
import dev.lamina.config.Replay;
import dev.lamina.config.ResultRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    Records records = new Records(Path.of(""));
    if (add != null) {
      ResultRecord record =
          records.add(add, Optional.ofNullable(name), machine.machine(Optional.empty(), 0));
      terminal.print("recorded " + record.name() + " in " + records.folder());
    }
    if (replay) {
      return replay(records, terminal);
    }
    records.renew();
    terminal.print(records.read().table().stripTrailing());
    return 0;
  }

  private int replay(Records records, Terminal terminal) {
    boolean hold = true;
    for (ResultRecord record : records.read().finished()) {
      if (!names.isEmpty() && !names.contains(record.name())) {
        continue;
      }
      Experiment experiment = record.experiment(records.folder());
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
