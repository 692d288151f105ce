package dev.lamina.config;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The records of a folder, and the page made of them.
///
/// @param records by name
public record Results(List<ResultRecord> records) {
  private static final String BEGIN = "<!-- results -->";
  private static final String END = "<!-- end of results -->";

  /// Keeps an unmodifiable copy.
  public Results {
    records = List.copyOf(records);
  }

  /// Reads every `NAME.json` of a folder; a folder that is not there has no records.
  ///
  /// @throws LaminaException if one cannot be read
  public static Results read(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new Results(List.of());
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new Results(
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(ResultRecord::read)
              .toList());
    } catch (IOException e) {
      throw new LaminaException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /// The page `docs/results.md`.
  public String page() {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Results

        Made by `./lamina results` from the records in `results/`; do not edit. Test accuracies in percent, one seed each. "Labels" is the accuracy
        of a layer that saw no label, by the class that each neuron wins most. "Untrained" is the same head on untrained blocks. A band is what
        counts as a replication. Seconds are of the whole training, evaluations and caches included, on a machine that other programs may have used
        too. Repeat a row with `./lamina train results/NAME.yaml`.

        """);
    page.append(table());
    page.append(
        """

        ## Where and when

        A row of an earlier commit stands as long as its replay, the first updates of every phase, gives the recorded hash:
        `./lamina results --replay` checks them all.

        | record | commit | CPU | threads | phases | weights | replay |
        |---|---|---|---|---|---|---|
        """);
    for (ResultRecord r : finished()) {
      page.append(
          "| %s | `%s` | %s | %s | %s | `%.12s` | %s × `%.12s` |\n"
              .formatted(
                  r.name(),
                  r.text("commit"),
                  r.text("cpu"),
                  r.text("threads"),
                  phases(r),
                  r.text("weights_sha256"),
                  r.text("replay_steps"),
                  r.text("replay_sha256")));
    }
    records.forEach(r ->
        r.failure().ifPresent(why -> page.append("\n%s failed: %s%n".formatted(r.name(), why))));
    return page.toString();
  }

  /// The records that have figures.
  public List<ResultRecord> finished() {
    return records.stream().filter(r -> r.failure().isEmpty()).toList();
  }

  /// A text with the table between its two marks, `<!-- results -->` and `<!-- end of results -->`;
  /// unchanged if it has none.
  public String inserted(String text) {
    int from = text.indexOf(BEGIN);
    int to = text.indexOf(END);
    return from < 0 || to < from
        ? text
        : text.substring(0, from + BEGIN.length()) + "\n\n" + table() + "\n" + text.substring(to);
  }

  /// The table of accuracies alone, as the README shows it.
  public String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| record | accuracy | published | band | in band | labels | untrained | seconds |\n");
    table.append("|---|---|---|---|---|---|---|---|\n");
    for (ResultRecord r : records) {
      table.append(
          "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
              .formatted(
                  r.name(),
                  r.failure().isPresent() ? "failed" : percent(r, "test_accuracy"),
                  percent(r, "published"),
                  r.values().get("band") instanceof List<?> b ? b.get(0) + " to " + b.get(1) : "–",
                  r.inBand().map(in -> in ? "yes" : "**no**").orElse("–"),
                  percent(r, "unsupervised_test_accuracy"),
                  percent(r, "untrained_test_accuracy"),
                  r.number("seconds").map(seconds -> fixed(seconds, 0)).orElse("–")));
    }
    return table.toString();
  }

  private static String percent(ResultRecord r, String key) {
    return r.number(key).map(percent -> fixed(percent, 2)).orElse("–");
  }

  /// The same text on every machine, whatever its language.
  private static String fixed(double number, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  private static String phases(ResultRecord r) {
    return r.values().get("phases") instanceof List<?> phases
        ? phases.stream().map(Results::phase).collect(Collectors.joining(", "))
        : "–";
  }

  private static String phase(Object phase) {
    return phase instanceof Map<?, ?> map && map.get("seconds") instanceof Number seconds
        ? map.get("name") + " " + fixed(seconds.doubleValue(), 0) + " s"
        : "–";
  }
}
