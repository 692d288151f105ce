package dev.lamina.config;

import dev.lamina.network.Settings;
import java.util.Optional;

/// A document that comes with Lamina, or one row of a family of them.
///
/// @param name plain name, for example `cifar10-softhebb-1`
/// @param family name of its family file, or empty
/// @param document the complete document: base and row already merged
/// @param reproduction what makes it a row of `lamina reproduce`
public record Preset(
    String name, String family, Settings document, Optional<Reproduction> reproduction) {
  /// The name as `FAMILY/ROW`, or the plain name if it belongs to no family.
  public String qualifiedName() {
    return family.isEmpty() ? name : family + "/" + name.substring(family.length() + 1);
  }

  /// The name as a row of the published system that it reproduces: without that system's name in
  /// front, if it is there.
  public String rowName() {
    String system = reproduction.map(r -> r.family() + "-").orElse("");
    return name.startsWith(system) ? name.substring(system.length()) : name;
  }
}
