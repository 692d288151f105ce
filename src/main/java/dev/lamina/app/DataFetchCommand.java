package dev.lamina.app;

import dev.lamina.data.DataFile;
import dev.lamina.data.DataPlaces;
import dev.lamina.data.Datasets;
import dev.lamina.data.Fetch;
import dev.lamina.data.Source;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `lamina data fetch`: downloads a data set.
@Command(
    name = "fetch",
    description =
        "Downloads data sets and checks them. An interrupted download goes on where it was cut;"
            + " what is there and right is not fetched again.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  lamina data fetch cifar-10"})
final class DataFetchCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "Data sets (see 'lamina data list').")
  private List<String> names = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Puts a set into DIR/NAME (default: the cache folder, where it is found).")
  private @Nullable Path data;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Fetches the files from this folder alone.")
  private @Nullable URI mirror;

  @Spec private CommandSpec spec = CommandSpec.create();

  DataFetchCommand() {}

  @Override
  public Integer call() {
    List<Source> sources = names.stream().map(Datasets::named).toList();
    for (Source source : sources) {
      fetch(source);
    }
    return 0;
  }

  private void fetch(Source source) {
    Terminal terminal = Terminal.of(spec, false);
    Path folder = (data == null ? DataPlaces.cache() : data).resolve(source.name());
    terminal.print(source.title() + " → " + folder);
    terminal.print("Terms: " + source.terms());
    Map<String, Meter> meters = new HashMap<>();
    Fetch fetch = new Fetch((file, done) -> meter(meters, terminal, file).at(done));
    for (Path file : fetch.fetch(mirror == null ? source : source.at(mirror), folder)) {
      terminal.print(file + "  intact");
    }
  }

  private static Meter meter(Map<String, Meter> meters, Terminal terminal, DataFile file) {
    return meters.computeIfAbsent(
        file.name(), name -> new Meter(terminal, name + "  bytes", file.bytes()));
  }
}
