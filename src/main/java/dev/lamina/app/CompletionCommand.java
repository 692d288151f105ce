package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina completion`.
@Command(
    name = "completion",
    description = "Prints a completion script for bash and zsh.",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  CompletionCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'completion' is not there yet");
  }
}
