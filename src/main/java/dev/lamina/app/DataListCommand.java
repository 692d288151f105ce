package dev.lamina.app;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Datasets;
import dev.lamina.data.Datasets.Found;
import dev.lamina.data.Source;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lamina data list`: the known data sets and where they are.
@Command(
    name = "list",
    description = "Lists the data sets that Lamina knows, and where they lie on this machine.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  lamina data list --data DIR"})
final class DataListCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  DataListCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.println(table(data.places()));
    out.println();
    out.println("Looked for in " + places(data.places()) + ".");
    out.flush();
    return 0;
  }

  /// Every known set with the folder that holds it.
  static String table(DataPlaces places) {
    Table table = new Table("lll").row("Name", "what", "where");
    for (Source source : Datasets.known()) {
      String where =
          Datasets.find(source, places)
              .map(Found::where)
              .orElse("not found: lamina data fetch " + source.name());
      table.row(source.name(), source.title(), where);
    }
    return table.text();
  }

  private static String places(DataPlaces places) {
    return String.join(
        ", ", places.places().stream().map(p -> p.folder() + " (" + p.why() + ")").toList());
  }
}
