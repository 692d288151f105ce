package dev.lamina.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `lamina doctor`.
@Command(
    name = "doctor",
    description = "Says what this machine offers, and measures its speed for a second.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  DoctorCommand() {}

  @Override
  public Integer call() {
    throw new dev.lamina.tensor.LaminaException("'doctor' is not there yet");
  }
}
