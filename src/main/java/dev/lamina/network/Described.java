package dev.lamina.network;

/// Something of a known kind with its settings: a layer, a rule, an optimizer, a schedule.
///
/// @param kind its name in the vocabulary
/// @param settings its settings
public record Described(String kind, Settings settings) {
  /// A kind without settings.
  public static Described of(String kind) {
    return new Described(kind, Settings.empty());
  }

  Described at(String path) {
    return new Described(kind, settings.at(path + "." + kind));
  }
}
