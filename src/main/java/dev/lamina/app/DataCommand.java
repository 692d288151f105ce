package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina data`.
@Command(
    name = "data",
    description = "Lists, fetches and checks data sets.",
    mixinStandardHelpOptions = true)
final class DataCommand implements Callable<Integer> {
  DataCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'data' is not there yet");
  }
}
