package dev.lamina.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The end of a training in a few lines: the accuracy beside what it has to be compared with.
///
/// @param result the content of `result.json`
/// @param folder the run directory
record Summary(Map<String, Object> result, Path folder) {
  String text() {
    StringBuilder text = new StringBuilder("\n");
    percent(text, "Test accuracy", "test_accuracy");
    percent(text, "  of the best epoch", "best_test_accuracy");
    percent(text, "  same head, untrained blocks", "untrained_test_accuracy");
    percent(text, "  without any label", "unsupervised_test_accuracy");
    percent(text, "  held-out part", "validation_accuracy");
    percent(text, "  published", "published");
    if (result.get("band") instanceof List<?> band) {
      row(text, "  expected", band.get(0) + " to " + band.get(1) + " %");
    }
    if (result.get("seconds") instanceof Number seconds) {
      row(text, "Training", "%.1f s%s".formatted(seconds.doubleValue(), phases()));
    }
    row(text, "Run directory", folder.toString());
    return text.toString().stripTrailing();
  }

  private void percent(StringBuilder text, String label, String key) {
    if (result.get(key) instanceof Number value) {
      row(text, label, "%.2f %%".formatted(value.doubleValue()));
    }
  }

  private String phases() {
    StringBuilder text = new StringBuilder();
    if (result.get("phases") instanceof List<?> phases) {
      for (Object phase : phases) {
        if (phase instanceof Map<?, ?> map && map.get("seconds") instanceof Number seconds) {
          text.append(text.isEmpty() ? " (" : ", ")
              .append("%s %.1f s".formatted(map.get("name"), seconds.doubleValue()));
        }
      }
    }
    return text.isEmpty() ? "" : text + ")";
  }

  private static void row(StringBuilder text, String label, String value) {
    text.append("%-32s %s%n".formatted(label, value));
  }
}
