package dev.lamina.config;

import dev.lamina.analyze.Chart;
import dev.lamina.analyze.Chart.Panel;
import dev.lamina.analyze.Chart.Reference;
import dev.lamina.analyze.Chart.Series;
import dev.lamina.analyze.Filters;
import dev.lamina.data.AtomicFile;
import dev.lamina.network.Network;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The pictures of a run: `pictures/filters.png` and `pictures/curves.svg`.
public final class RunPictures {
  private final Metrics metrics;
  private final Experiment experiment;

  private RunPictures(Metrics metrics, Experiment experiment) {
    this.metrics = metrics;
    this.experiment = experiment;
  }

  /// Draws what the run's metrics and network give.
  public static void draw(RunDirectory directory, Experiment experiment, Network network) {
    Path folder = directory.pictures();
    Filters.png(network).ifPresent(png -> AtomicFile.write(folder.resolve("filters.png"), png));
    Metrics metrics = directory.metrics();
    List<Panel> panels = new RunPictures(metrics, experiment).panels();
    if (!panels.isEmpty()) {
      String svg = Chart.of(experiment.name(), panels);
      AtomicFile.write(folder.resolve("curves.svg"), svg.getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    Optional<Panel> features = convergence();
    features.ifPresent(panels::add);
    angles("Weights and feedback", "_weight_angle").ifPresent(panels::add);
    angles("Errors sent by weights and feedback", "_delta_angle").ifPresent(panels::add);
    accuracy(features.isEmpty() ? "Accuracy" : "Classifier on the features").ifPresent(panels::add);
    dependence("_hx", "Dependence on the input", "nHSIC of output and input")
        .ifPresent(panels::add);
    dependence("_hy", "Dependence on the label", "nHSIC of output and label")
        .ifPresent(panels::add);
    return panels;
  }

  /// How far the norms of each block's weights are from 1, over its phase.
  private Optional<Panel> convergence() {
    List<Series> series = ending("_convergence", "step");
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Panel(
                "Learning without labels", "epochs", "mean | ‖w‖ − 1 |", series, Optional.empty()));
  }

  /// nHSIC of the first and the last block that has it, along the batches.
  private Optional<Panel> dependence(String ending, String title, String up) {
    List<String> names =
        metrics.of("step").stream()
            .flatMap(line -> line.keySet().stream())
            .filter(name -> name.endsWith(ending) && !name.endsWith("_last" + ending))
            .distinct()
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    List<Series> series =
        Stream.of(names.getFirst(), names.getLast())
            .distinct()
            .map(name -> series(name.replace(ending, ""), "step", name))
            .map(s -> Series.smooth(s.name(), s.x(), s.y()))
            .toList();
    return Optional.of(new Panel(title, "epochs", up, series, Optional.empty()));
  }

  private List<Series> ending(String ending, String event) {
    Set<String> names = new LinkedHashSet<>();
    metrics.lines().forEach(line -> names.addAll(line.keySet()));
    return names.stream()
        .filter(name -> name.endsWith(ending))
        .map(name -> series(name.replace(ending, ""), event, name))
        .toList();
  }

  /// Angles of each block over the epochs; 90 degrees is chance.
  private Optional<Panel> angles(String title, String ending) {
    List<Series> series = ending(ending, "epoch").stream().filter(s -> s.x().size() > 1).toList();
    Reference chance = new Reference("chance", 90);
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(new Panel(title, "epochs", "angle, degrees", series, Optional.of(chance)));
  }

  /// Accuracy over the epochs of the supervised phase.
  private Optional<Panel> accuracy(String title) {
    List<Series> series = new ArrayList<>();
    add(series, "training", "train_accuracy");
    add(series, "validation", "validation_accuracy");
    add(series, "test", "test_accuracy");
    if (series.isEmpty()) {
      return Optional.empty();
    }
    Optional<Reference> published =
        experiment.published().value().isPresent()
            ? Optional.of(new Reference("published", experiment.published().value().getAsDouble()))
            : Optional.empty();
    return Optional.of(new Panel(title, "epochs", "accuracy, %", series, published));
  }

  private void add(List<Series> all, String label, String figure) {
    Series series = series(label, "epoch", figure);
    if (series.x().size() > 1) {
      all.add(series);
    }
  }

  private Series series(String label, String event, String figure) {
    List<Map<String, Object>> lines =
        metrics.of(event).stream().filter(line -> line.get(figure) instanceof Number).toList();
    return new Series(label, column(lines, "epoch"), column(lines, figure));
  }

  private static List<Double> column(List<Map<String, Object>> lines, String name) {
    return lines.stream()
        .map(line -> line.get(name) instanceof Number n ? n.doubleValue() : Double.NaN)
        .toList();
  }
}
