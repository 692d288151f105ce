package dev.lamina.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lamina data`: the data sets.
@Command(
    name = "data",
    description = "Lists, fetches and checks data sets.",
    mixinStandardHelpOptions = true,
    subcommands = {DataListCommand.class, DataFetchCommand.class, DataVerifyCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  lamina data list"})
final class DataCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  DataCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
