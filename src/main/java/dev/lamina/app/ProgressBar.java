package dev.lamina.app;

import dev.lamina.network.Figures;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.util.Map;

/// Shows how a training goes: a bar on a terminal, else a plain line every 10 seconds.
final class ProgressBar implements Listener {
  private static final double SURE_SECONDS = 3;
  private static final int WIDTH = 24;

  private final Terminal terminal;
  private final Pace pace;
  private long started;
  private long stepsBefore;

  ProgressBar(Terminal terminal) {
    this.terminal = terminal;
    this.pace = new Pace(terminal);
  }

  @Override
  public void phaseStarted(Trainer trainer) {
    restart(trainer);
  }

  private void restart(Trainer trainer) {
    started = System.nanoTime();
    pace.restart();
    stepsBefore = trainer.steps();
  }

  @Override
  public void caching(Trainer trainer, int done, int total) {
    if (pace.isDue()) {
      terminal.progress(
          line(trainer.phase().name(), (double) done / total)
              + "  features %,d of %,d".formatted(done, total));
    }
    if (done == total) {
      restart(trainer);
    }
  }

  @Override
  public void stepped(Trainer trainer) {
    if (pace.isDue()) {
      terminal.progress(running(trainer));
    }
  }

  @Override
  public void phaseEnded(Trainer trainer, double seconds) {
    Phase phase = trainer.phase();
    String text =
        "%-14s %3d %-6s %7.1f s"
            .formatted(
                phase.name(), phase.epochs(), phase.epochs() == 1 ? "epoch" : "epochs", seconds);
    terminal.print(text + figures(trainer.lastFigures()));
  }

  private String running(Trainer trainer) {
    Phase phase = trainer.phase();
    double epochs = trainer.epoch() + (double) trainer.batch() / trainer.batches();
    double seconds = (System.nanoTime() - started) * 1e-9;
    double updates = trainer.steps() - stepsBefore;
    double left = (phase.epochs() - epochs) * trainer.batches() * seconds / Math.max(1, updates);
    Figures figures = new Figures();
    trainer.lastFigures().values().forEach(figures::put);
    trainer.figures(figures);
    return line(phase.name(), epochs / phase.epochs())
        + "  %,6.0f images/s".formatted(updates * phase.batch() / seconds)
        + figures(figures)
        + (seconds < SURE_SECONDS ? "" : "  " + clock(left) + " left");
  }

  private String line(String name, double share) {
    if (!terminal.live()) {
      return "%-14s %3.0f %%".formatted(name, 100 * share);
    }
    int full = (int) (share * WIDTH);
    return "%-14s %s%s %3.0f %%"
        .formatted(name, "━".repeat(full), "─".repeat(WIDTH - full), 100 * share);
  }

  /// The two or three figures that say most.
  private static String figures(Figures figures) {
    StringBuilder text = new StringBuilder();
    Map<String, Double> values = figures.values();
    append(text, values, "train_loss", "  loss %.3f");
    append(text, values, "test_accuracy", "  accuracy %.2f %%");
    append(text, values, "unsupervised_test_accuracy", "  without labels %.2f %%");
    if (text.isEmpty()) {
      values.forEach((name, value) -> {
        if (name.endsWith("_convergence")) {
          text.append("  %s off by %.3f".formatted(name.replace("_convergence", ""), value));
        }
      });
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text, Map<String, Double> values, String name, String form) {
    Double value = values.get(name);
    if (value != null) {
      text.append(form.formatted(value));
    }
  }

  private static String clock(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? "%d:%02d".formatted(s / 60, s % 60)
        : "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60);
  }
}
