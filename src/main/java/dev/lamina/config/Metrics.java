package dev.lamina.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The lines of a run's `metrics.jsonl`.
///
/// @param lines each an object with `event` (`step`, `epoch` or `phase`), `phase`, `step` and
///   figures
public record Metrics(List<Map<String, Object>> lines) {
  private static final Set<String> PLACE = Set.of("event", "phase", "epoch", "step");

  /// Keeps an unmodifiable copy.
  public Metrics {
    lines = List.copyOf(lines);
  }

  /// Reads the file of a run.
  public static Metrics read(Path file) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : TextFile.read(file).lines().toList()) {
      lines.add(Json.read(line, file + ":" + (lines.size() + 1)));
    }
    return new Metrics(lines);
  }

  /// The lines of an event.
  public List<Map<String, Object>> of(String event) {
    return lines.stream().filter(line -> event.equals(line.get("event"))).toList();
  }

  /// The last value of each figure at the end of an epoch.
  public Map<String, Object> lastFigures() {
    Map<String, Object> last = new LinkedHashMap<>();
    for (Map<String, Object> line : of("epoch")) {
      line.forEach((name, value) -> {
        if (!PLACE.contains(name)) {
          last.put(name, value);
        }
      });
    }
    return last;
  }

  /// The largest value of a figure at the end of an epoch, if it stands at more than one.
  public Optional<Double> best(String figure) {
    List<Double> values =
        of("epoch").stream()
            .map(line -> line.get(figure))
            .filter(Number.class::isInstance)
            .map(value -> ((Number) value).doubleValue())
            .toList();
    return values.size() < 2 ? Optional.empty() : Optional.of(Collections.max(values));
  }

  /// Name and seconds of each phase that ended.
  public List<Map<String, Object>> phaseSeconds() {
    List<Map<String, Object>> phases = new ArrayList<>();
    for (Map<String, Object> line : of("phase")) {
      Map<String, Object> phase = new LinkedHashMap<>();
      phase.put("name", line.get("phase"));
      phase.put("seconds", line.get("seconds"));
      phases.add(phase);
    }
    return phases;
  }
}
