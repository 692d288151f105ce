package dev.lamina.config;

import dev.lamina.network.Settings;
import java.util.List;
import java.util.Optional;

/// The accuracies that count as a replication.
///
/// `band: [78.3, 100]`, or one for each way of training: `band: {successive: [63, 67.5],
/// consecutive: [65.5, 68.5]}`.
///
/// @param low lowest accuracy in percent
/// @param high highest accuracy in percent
public record Band(double low, double high) {
  /// Whether an accuracy in percent lies in the band.
  public boolean holds(double accuracy) {
    return low <= accuracy && accuracy <= high;
  }

  /// The band under the key `band`, if there is one for this way of training.
  static Optional<Band> of(Settings s, Training training) {
    if (!s.has("band")) {
      return Optional.empty();
    }
    if (!s.isGroup("band")) {
      return Optional.of(ends(s, "band"));
    }
    Settings bands = s.child("band");
    Optional<Band> found = Optional.empty();
    for (Training way : Training.values()) {
      String key = Settings.spelled(way);
      if (bands.has(key)) {
        Band band = ends(bands, key);
        found = way == training ? Optional.of(band) : found;
      }
    }
    bands.finish();
    return found;
  }

  private static Band ends(Settings s, String key) {
    List<String> ends = s.texts(key);
    try {
      Band band = new Band(Double.parseDouble(ends.get(0)), Double.parseDouble(ends.get(1)));
      if (ends.size() == 2 && band.low <= band.high) {
        return band;
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw s.error(key, "must be two numbers, [lowest, highest], but is " + ends);
    }
    throw s.error(key, "must be two numbers, [lowest, highest], but is " + ends);
  }
}
