package dev.lamina.app;

import dev.lamina.config.Estimate;
import dev.lamina.config.Experiment;
import dev.lamina.config.Preset;
import dev.lamina.config.Reproducer;
import dev.lamina.config.Reproduction;
import dev.lamina.config.ResultRecord;
import dev.lamina.config.Results;
import java.util.List;
import java.util.Optional;

/// The rows of `lamina reproduce --list`: published figures beside own ones.
///
/// @param results the records so far
/// @param estimate how long rows take here
record RowTable(Results results, Estimate estimate) {
  /// The table of some rows, with an empty line between families.
  String text(List<Preset> rows) {
    Table table = new Table("lrllrrll");
    table.row("Row", "published", "band", "own", "time", "replay", "needs", "source");
    String family = "";
    double seconds = 0;
    for (Preset preset : rows) {
      Reproduction row = preset.reproduction().orElseThrow();
      if (!row.family().equals(family)) {
        table.row("", "", "", "", "", "", "", "");
        family = row.family();
      }
      List<ResultRecord> own = own(preset);
      double estimated = estimate.seconds(row, own.stream().findFirst());
      table.row(cells(preset, row, own, estimated));
      seconds += estimated;
    }
    return table.text() + "\n\n" + explanation(seconds);
  }

  private String explanation(double seconds) {
    return """
    Test accuracies in percent. Time is what a row's record took on this CPU, else an estimate for
    products of matrices at %.0f GFLOP/s on %d threads, as just measured; %s in all. Replay is
    the number of updates of each phase that 'lamina results --replay' repeats.
    'lamina reproduce ROW' runs a row behind those that it needs.\
    """
        .formatted(estimate.speed(), estimate.threads(), Reproducer.time(seconds));
  }

  private static Object[] cells(
      Preset preset, Reproduction row, List<ResultRecord> own, double seconds) {
    Experiment e = Experiment.of(preset.name(), preset.document());
    Optional<Double> published = e.published().value().stream().boxed().findFirst();
    return new Object[] {
      row.family() + "/" + preset.rowName(),
      published.map("%.2f"::formatted).orElse("none"),
      e.band().map(b -> "%.1f-%.1f".formatted(b.low(), b.high())).orElse(""),
      figure(own),
      Reproducer.time(seconds).replace("about ", ""),
      e.replaySteps(),
      String.join(" ", row.needs()),
      e.published().source()
    };
  }

  /// The records of all seeds.
  private List<ResultRecord> own(Preset preset) {
    String seeded = preset.name() + "-seed-";
    return results.records().stream()
        .filter(r ->
            r.name().equals(preset.name())
                || (r.name().startsWith(seeded)
                    && r.name().substring(seeded.length()).matches("[0-9]+")))
        .toList();
  }

  /// The mean over seeds, and whether it is in the band; or that all failed.
  private static String figure(List<ResultRecord> own) {
    List<Double> figures = own.stream().flatMap(r -> r.accuracy().stream()).toList();
    if (figures.isEmpty()) {
      return own.isEmpty() ? "" : "failed";
    }
    double mean = figures.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    boolean missed = own.stream().anyMatch(r -> r.inBand().filter(in -> !in).isPresent());
    String seeds = figures.size() == 1 ? "" : ", %d seeds".formatted(figures.size());
    return "%.2f".formatted(mean) + seeds + (missed ? ", missed" : "");
  }
}
