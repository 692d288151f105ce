package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina show`.
@Command(
    name = "show",
    description = "Shows the layers and tensors of a network.",
    mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {
  ShowCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'show' is not there yet");
  }
}
