package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/// One call of the command line in this process.
///
/// @param code the exit code
/// @param out what it printed
/// @param err what it complained about
record Invocation(int code, String out, String err) {
  /// Runs `lamina` with these arguments.
  static Invocation of(Object... arguments) {
    String[] args = new String[arguments.length];
    for (int i = 0; i < args.length; i++) {
      args[i] = arguments[i].toString();
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    int code = Main.run(line, args);
    return new Invocation(code, out.toString(), err.toString());
  }

  /// The output of a call that must succeed.
  static String succeeds(Object... arguments) {
    Invocation run = of(arguments);
    assertEquals("", run.err);
    assertEquals(0, run.code, run.out);
    return run.out;
  }

  /// The message of a call that must end with exit code 2, without the leading program name.
  static String fails(Object... arguments) {
    Invocation run = of(arguments);
    assertEquals(2, run.code, run.toString());
    assertEquals(0, run.err.indexOf("lamina: "), run.err);
    return run.err.substring("lamina: ".length()).stripTrailing();
  }
}
