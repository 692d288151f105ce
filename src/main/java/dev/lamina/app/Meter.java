package dev.lamina.app;

/// Says how far a piece of work is: a line that moves on a terminal, else a line every 10 seconds.
final class Meter {
  private final Terminal terminal;
  private final String what;
  private final long total;
  private final Pace pace;

  /// A meter.
  ///
  /// @param what the work, for example `features`
  /// @param total how much there is to do
  Meter(Terminal terminal, String what, long total) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
    this.pace = new Pace(terminal);
  }

  /// So much is done.
  void at(long done) {
    if (pace.isDue()) {
      double percent = 100.0 * done / Math.max(1, total);
      terminal.progress("%s  %3.0f %%  %,d of %,d".formatted(what, percent, done, total));
    }
  }
}
