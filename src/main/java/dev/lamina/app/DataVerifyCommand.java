package dev.lamina.app;

import dev.lamina.data.Datasets;
import dev.lamina.data.Datasets.Found;
import dev.lamina.data.Source;
import dev.lamina.data.Verdict;
import dev.lamina.tensor.LaminaException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina data verify`: compares data sets with their published sums.
@Command(
    name = "verify",
    description = "Compares the files of data sets with their published SHA-256 sums.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lamina data verify mnist"})
final class DataVerifyCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Data sets (default: all that are found).")
  private List<String> names = List.of();

  @Mixin private DataOption data = new DataOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  DataVerifyCommand() {}

  @Override
  public Integer call() {
    int damaged = 0;
    for (Found found : found()) {
      for (Verdict verdict : Datasets.verify(found)) {
        damaged += verdict.state() == Verdict.State.DAMAGED ? 1 : 0;
        String state = verdict.state().name().toLowerCase(Locale.ROOT);
        Terminal.of(spec, false)
            .print("%-8s %s  %s".formatted(state, verdict.file(), verdict.text()));
      }
    }
    if (damaged > 0) {
      throw new LaminaException(damaged + (damaged == 1 ? " file is" : " files are") + " damaged");
    }
    return 0;
  }

  private List<Found> found() {
    if (names.isEmpty()) {
      return Datasets.known().stream()
          .flatMap(source -> Datasets.find(source, data.places()).stream())
          .toList();
    }
    return names.stream().map(Datasets::named).map(this::find).toList();
  }

  private Found find(Source source) {
    return Datasets.find(source, data.places())
        .orElseThrow(() ->
            new LaminaException(
                "the data set '"
                    + source.name()
                    + "' is not found; fetch it with 'lamina data fetch "
                    + source.name()
                    + "', or name its folder with --data"));
  }
}
