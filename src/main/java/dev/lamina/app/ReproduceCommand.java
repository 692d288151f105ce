package dev.lamina.app;

import dev.lamina.config.Estimate;
import dev.lamina.config.Preset;
import dev.lamina.config.Presets;
import dev.lamina.config.Records;
import dev.lamina.config.Reproducer;
import dev.lamina.config.Rows;
import dev.lamina.config.TrainingRun;
import java.nio.file.Path;
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

/// `lamina reproduce`: runs published experiments again and keeps what they give.
@Command(
    name = "reproduce",
    description = {
      "Runs published experiments again, and keeps what they give as records in results/.",
      "Each row runs in runs/reproduce/FAMILY/ROW-seed-N behind the rows that it needs. A row that"
          + " was stopped or killed goes on, one that is done is not run again, and one that fails"
          + " is recorded before the next begins. Run it in the root of the repository."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lamina reproduce --list                      all rows, published and own figures, time",
      "  lamina reproduce softhebb/cifar10-softhebb-1 --data DIR",
      "  lamina reproduce softhebb --budget 2h        as many rows as fit into two hours",
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final Path RUNS = Path.of("runs", "reproduce");

  @Parameters(
      arity = "0..1",
      paramLabel = "FAMILY[/ROW]",
      description = "A published system, or one row of it (default: all).")
  private String wish = "";

  @Option(names = "--list", description = "Prints the rows and runs nothing.")
  private boolean list;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "How many seeds each row runs with (default: 1).")
  private int seeds = 1;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      converter = Budget.class,
      description = "Starts no row that would end later, for example 90m or 2h.")
  private @Nullable Double budget;

  @Mixin private MachineOptions options = new MachineOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  ReproduceCommand() {}

  @Override
  public Integer call() {
    Terminal terminal = Terminal.of(spec, false);
    Rows rows = Rows.of(Presets.shipped());
    List<Preset> chosen = rows.chosen(wish);
    Records records = new Records(Path.of(""));
    TrainingRun.Machine machine = options.machine(Optional.empty(), 0);
    Estimate estimate = Estimate.of(machine);
    if (list) {
      terminal.print(new RowTable(records.read(), estimate).text(chosen));
      return 0;
    }
    Reproducer.Place place =
        new Reproducer.Place(RUNS, records, () -> new ProgressBar(terminal), terminal::print);
    Reproducer reproducer = new Reproducer(place, machine, estimate);
    Reproducer.Ending ending =
        Interrupt.during(() -> run(reproducer, rows, terminal), reproducer::stop);
    return switch (ending) {
      case DONE, OUT_OF_TIME -> 0;
      case FAILED -> Main.USER_ERROR;
      case STOPPED -> Interrupt.EXIT_CODE;
    };
  }

  private Reproducer.Ending run(Reproducer reproducer, Rows rows, Terminal terminal) {
    double seconds = budget == null ? Double.POSITIVE_INFINITY : budget;
    Reproducer.Ending ending = reproducer.run(rows, wish, Math.max(1, seeds), seconds);
    if (ending == Reproducer.Ending.STOPPED) {
      terminal.error("stopped; the same command goes on");
    }
    return ending;
  }
}
