package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina features`.
@Command(
    name = "features",
    description = "Writes what a trained network makes of a data set as NumPy arrays.",
    mixinStandardHelpOptions = true)
final class FeaturesCommand implements Callable<Integer> {
  FeaturesCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'features' is not there yet");
  }
}
