package dev.lamina.config;

import dev.lamina.network.Settings;
import java.util.List;
import java.util.Optional;

/// What makes a preset a row that `lamina reproduce` runs.
///
/// ```yaml
/// reproduces: hsic-bottleneck     # beside base and rows of a family file, or in a document
/// minutes: 3                      # in the row, or in the document
/// needs: [E7.1, E7.2]             # rows of the same family that run first
/// ```
///
/// @param family the published system, for example `softhebb`
/// @param minutes of training on two cores with AVX2 (`Estimate`)
/// @param needs rows of the family that must have been run
public record Reproduction(String family, double minutes, List<String> needs) {
  private static final String FAMILY = "reproduces";
  private static final String MINUTES = "minutes";
  private static final String NEEDS = "needs";

  /// The keys that are no part of an experiment.
  static final List<String> KEYS = List.of(FAMILY, MINUTES, NEEDS);

  /// Keeps an unmodifiable copy.
  public Reproduction {
    needs = List.copyOf(needs);
  }

  /// What a file with its key `reproduces` says of a row; nothing without that key.
  ///
  /// @param row the row, or the file itself if it is a document
  static Optional<Reproduction> of(Settings file, Settings row) {
    return file.has(FAMILY)
        ? Optional.of(
            new Reproduction(
                file.text(FAMILY),
                row.number(MINUTES, v -> v > 0, "greater than 0"),
                row.texts(NEEDS)))
        : Optional.empty();
  }
}
