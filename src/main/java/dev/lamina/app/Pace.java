package dev.lamina.app;

/// How often progress is shown: ten times a second on a terminal, else a line every 10 seconds.
final class Pace {
  private static final long MOVE_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;

  private final Terminal terminal;
  private long shown = System.nanoTime();

  Pace(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Waits anew.
  void restart() {
    shown = System.nanoTime();
  }

  /// Whether it is time to show something; if so, it waits anew.
  boolean isDue() {
    long now = System.nanoTime();
    if (terminal.quiet() || now - shown < (terminal.live() ? MOVE_NANOS : LINE_NANOS)) {
      return false;
    }
    shown = now;
    return true;
  }
}
