package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina predict`.
@Command(
    name = "predict",
    description = "Names the classes of pictures.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  PredictCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'predict' is not there yet");
  }
}
