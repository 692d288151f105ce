package dev.lamina.config;

import dev.lamina.network.Settings;

/// A document that comes with Lamina, or one row of a family of them.
///
/// @param name plain name, for example `cifar10-softhebb-1`
/// @param family name of its family, or empty
/// @param document the complete document: base and row already merged
public record Preset(String name, String family, Settings document) {
  /// The name as `FAMILY/ROW`, or the plain name if it belongs to no family.
  public String qualifiedName() {
    return family.isEmpty() ? name : family + "/" + name.substring(family.length() + 1);
  }
}
