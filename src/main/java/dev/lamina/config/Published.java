package dev.lamina.config;

import dev.lamina.network.Settings;
import java.util.OptionalDouble;

/// A figure that others published for the same experiment, or the reason why there is none.
///
/// ```yaml
/// published: {value: 80.3, deviation: 0.15, source: "Journé et al. 2023, table 1"}
/// published: {value: none, source: "a network of our own"}
/// ```
///
/// @param value test accuracy in percent
/// @param deviation standard deviation over seeds, in percent
/// @param source where the figure stands, or why there is none
public record Published(OptionalDouble value, OptionalDouble deviation, String source) {
  /// No figure, for no reason.
  static final Published NONE = new Published(OptionalDouble.empty(), OptionalDouble.empty(), "");

  static Published of(Settings s) {
    Published published =
        new Published(percent(s, "value"), percent(s, "deviation"), s.text("source"));
    s.finish();
    return published;
  }

  private static OptionalDouble percent(Settings s, String key) {
    return s.text(key, "none").equals("none")
        ? OptionalDouble.empty()
        : OptionalDouble.of(s.number(key, v -> v >= 0 && v <= 100, "in percent, 0 to 100"));
  }

  /// The settings from which this can be read again.
  Settings settings() {
    Settings s = Settings.empty().with("value", value.isPresent() ? value.getAsDouble() : "none");
    if (deviation.isPresent()) {
      s = s.with("deviation", deviation.getAsDouble());
    }
    return s.with("source", source);
  }
}
