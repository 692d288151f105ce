package dev.lamina.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lamina completion`: a script by which bash and zsh complete the command line.
@Command(
    name = "completion",
    description = "Prints a script by which bash and zsh complete lamina's commands and options.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example:", "  source <(lamina completion)"})
final class CompletionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  CompletionCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash("lamina", spec.root().commandLine()));
    out.flush();
    return 0;
  }
}
