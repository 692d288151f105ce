package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina presets`.
@Command(
    name = "presets",
    description = "Lists the presets, or prints one as YAML.",
    mixinStandardHelpOptions = true)
final class PresetsCommand implements Callable<Integer> {
  PresetsCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'presets' is not there yet");
  }
}
