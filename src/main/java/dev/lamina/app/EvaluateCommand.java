package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina evaluate`.
@Command(
    name = "evaluate",
    description = "Measures a trained network on its test set.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  EvaluateCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'evaluate' is not there yet");
  }
}
