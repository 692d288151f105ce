package dev.lamina.app;

import java.io.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// Where a command writes: plain lines, and one line that is written again if a person looks on.
final class Terminal {
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean live;
  private boolean pending;

  Terminal(PrintWriter out, PrintWriter err, boolean quiet, boolean live) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    this.live = live && !quiet;
  }

  /// The terminal of a command.
  static Terminal of(CommandSpec spec, boolean quiet) {
    boolean live = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr(), quiet, live);
  }

  /// Whether a line may be written again and again.
  boolean live() {
    return live;
  }

  /// Whether nothing is printed.
  boolean quiet() {
    return quiet;
  }

  /// Prints lines, below or in the place of the line that moves.
  void print(String text) {
    if (!quiet) {
      out.println((pending ? ERASE : "") + text);
      out.flush();
      pending = false;
    }
  }

  /// Writes the line that moves; where nobody looks on, a line of its own.
  void progress(String text) {
    if (!live) {
      print(text);
      return;
    }
    out.print(ERASE + text);
    out.flush();
    pending = true;
  }

  /// Prints a message of the program, quiet or not.
  void error(String text) {
    if (pending) {
      print("");
    }
    err.println("lamina: " + text);
    err.flush();
  }

  static String stackTrace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
