package dev.lamina.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `lamina` command.
@Command(
    name = "lamina",
    description = "Trains networks without ordinary back-propagation.",
    mixinStandardHelpOptions = true,
    version = "lamina 0.1.0-SNAPSHOT")
public final class Main implements Runnable {

  Main() {}

  /// Runs the command line and exits with its code: 0 done, 1 a bug, 2 something to mend.
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
