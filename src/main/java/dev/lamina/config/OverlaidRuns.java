package dev.lamina.config;

import dev.lamina.analyze.Chart;
import dev.lamina.analyze.Chart.Panel;
import dev.lamina.analyze.Chart.Series;
import dev.lamina.tensor.LaminaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A figure of several runs in one picture.
public final class OverlaidRuns {
  private OverlaidRuns() {}

  /// The picture as SVG: a curve for each run, with the name of its folder.
  ///
  /// @param figure a name in `metrics.jsonl`
  /// @param batches whether along the batches, smoothed with a band, or after each epoch
  /// @throws LaminaException if a run has no such figure
  public static String svg(String figure, boolean batches, List<Path> runs) {
    List<Series> curves = new ArrayList<>();
    for (Path run : runs) {
      curves.add(curve(figure, batches, run));
    }
    Panel panel = new Panel("", "epochs", figure.replace('_', ' '), curves, Optional.empty());
    return Chart.of(figure.replace('_', ' '), List.of(panel));
  }

  private static Series curve(String figure, boolean batches, Path run) {
    Metrics metrics = Metrics.read(run.resolve("metrics.jsonl"));
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Map<String, Object> line : metrics.of(batches ? "step" : "epoch")) {
      if (line.get("epoch") instanceof Number epoch && line.get(figure) instanceof Number value) {
        x.add(epoch.doubleValue());
        y.add(value.doubleValue());
      }
    }
    if (x.isEmpty()) {
      throw new LaminaException(
          "'"
              + run
              + "' has logged no '"
              + figure
              + "'; the lines of its metrics.jsonl name what it has");
    }
    String name = String.valueOf(run.toAbsolutePath().normalize().getFileName());
    return batches ? Series.smooth(name, x, y) : new Series(name, x, y);
  }
}
