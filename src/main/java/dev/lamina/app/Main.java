package dev.lamina.app;

import dev.lamina.config.Environment;
import dev.lamina.tensor.LaminaException;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The `lamina` command.
@Command(
    name = "lamina",
    description = "Trains networks without ordinary back-propagation.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      FeaturesCommand.class,
      PresetsCommand.class,
      ShowCommand.class,
      AnalyzeCommand.class,
      DataCommand.class,
      ReproduceCommand.class,
      ResultsCommand.class,
      DoctorCommand.class,
      CompletionCommand.class
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Begin with 'lamina train'. 'lamina COMMAND --help' tells more of a command."})
public final class Main implements Runnable {
  private static final int BUG = 1;
  static final int USER_ERROR = 2;

  /// The command line to which a subcommand belongs; set by picocli.
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  Main() {}

  /// Runs the command line and exits with its code: 0 done, 1 a bug, 2 something to mend, 130
  /// interrupted.
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /// Runs the command line.
  ///
  /// @return the exit code
  static int run(String... args) {
    System.setProperty("java.awt.headless", "true");
    return run(commandLine(), args);
  }

  /// The command line with all commands. From here on numbers are written as in files and in the
  /// documentation, whatever the language of the machine.
  static CommandLine commandLine() {
    Locale.setDefault(Locale.ROOT);
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler((e, at, parsed) -> report(at.getErr(), e));
    line.setParameterExceptionHandler((e, arguments) -> misused(e));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  /// Runs a command line whose outputs may be set to others.
  static int run(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      return outOfMemory(line.getErr());
    }
  }

  private static int misused(ParameterException e) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println("lamina: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    err.println(
        "Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' for more.");
    return USER_ERROR;
  }

  private static int report(PrintWriter err, Exception e) {
    if (e instanceof LaminaException) {
      err.println("lamina: " + e.getMessage());
      return USER_ERROR;
    }
    err.println("lamina: this is a bug; please report it with the lines below");
    e.printStackTrace(err);
    return BUG;
  }

  private static int outOfMemory(PrintWriter err) {
    err.println(
        "lamina: the memory is not enough: Java may take %.1f GB; take a narrower network or a smaller"
                .formatted(Runtime.getRuntime().maxMemory() / 1e9)
            + " batch, or start Java with a larger -Xmx (JAVA_TOOL_OPTIONS)");
    return USER_ERROR;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// The version of the module, as the build writes it.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"lamina " + describe()};
    }

    /// Version, and commit where it is known.
    static String describe() {
      String commit = Environment.commit();
      return version() + (commit.equals("unknown") ? "" : " (commit " + commit + ")");
    }

    private static String version() {
      var descriptor = Main.class.getModule().getDescriptor();
      return descriptor == null ? "development" : descriptor.rawVersion().orElse("development");
    }
  }
}
