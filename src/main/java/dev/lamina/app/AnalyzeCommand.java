package dev.lamina.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lamina analyze`: pictures of runs.
@Command(
    name = "analyze",
    description =
        "Draws what networks make of data, how alike two networks are, and curves of several runs.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AnalyzeOutputsCommand.class,
      AnalyzeCurvesCommand.class,
      AnalyzeAttackCommand.class,
      AnalyzeCkaCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Example:", "  lamina analyze outputs runs/latest"})
final class AnalyzeCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  AnalyzeCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
