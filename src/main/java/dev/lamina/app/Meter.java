package dev.lamina.app;

/// Says how far a piece of work is: a line that moves on a terminal, else a line every 10 seconds.
final class Meter {
  private static final long MOVE_NANOS = 100_000_000L;
  private static final long LINE_NANOS = 10_000_000_000L;

  private final Terminal terminal;
  private final String what;
  private final long total;
  private long shown = System.nanoTime();

  /// A meter.
  ///
  /// @param what the work, for example `features`
  /// @param total how much there is to do
  Meter(Terminal terminal, String what, long total) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
  }

  /// So much is done.
  void at(long done) {
    long now = System.nanoTime();
    if (now - shown < (terminal.live() ? MOVE_NANOS : LINE_NANOS)) {
      return;
    }
    shown = now;
    String text =
        "%s  %3.0f %%  %,d of %,d".formatted(what, 100.0 * done / Math.max(1, total), done, total);
    if (terminal.live()) {
      terminal.move(text);
    } else {
      terminal.print(text);
    }
  }
}
