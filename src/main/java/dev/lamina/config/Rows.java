package dev.lamina.config;

import dev.lamina.network.Suggestion;
import dev.lamina.tensor.LaminaException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The presets that reproduce published figures, by the system that they come from.
///
/// @param presets all of them, in the order of the index
public record Rows(List<Preset> presets) {
  /// Keeps an unmodifiable copy.
  public Rows {
    presets = List.copyOf(presets);
  }

  /// The rows among some presets.
  public static Rows of(Presets presets) {
    return new Rows(presets.all().stream().filter(p -> p.reproduction().isPresent()).toList());
  }

  /// The names of the systems, each once, in order.
  public List<String> families() {
    return presets.stream().map(Rows::family).distinct().toList();
  }

  private static String family(Preset preset) {
    return preset.reproduction().orElseThrow().family();
  }

  /// The rows that a wish means, each behind those that it needs.
  ///
  /// @param wish empty for all, `FAMILY`, or `FAMILY/ROW`
  /// @throws LaminaException if there is no such family or row, or rows need each other in a circle
  public List<Preset> chosen(String wish) {
    Set<Preset> order = new LinkedHashSet<>();
    for (Preset row : wanted(wish)) {
      place(row, order, new LinkedHashSet<>());
    }
    return List.copyOf(order);
  }

  private List<Preset> wanted(String wish) {
    if (wish.isEmpty()) {
      return presets;
    }
    int slash = wish.indexOf('/');
    String name = slash < 0 ? wish : wish.substring(0, slash);
    if (!families().contains(name)) {
      throw new LaminaException(
          "nothing is known of a system '" + name + "'" + Suggestion.of(name, families()));
    }
    return slash < 0
        ? presets.stream().filter(p -> family(p).equals(name)).toList()
        : List.of(row(name, wish.substring(slash + 1)));
  }

  /// The row of a system: by its row name or the plain name of the preset.
  private Preset row(String system, String name) {
    List<String> known = new ArrayList<>();
    for (Preset preset : presets) {
      if (family(preset).equals(system)) {
        if (Objects.equals(preset.rowName(), name) || preset.name().equals(name)) {
          return preset;
        }
        known.add(preset.rowName());
      }
    }
    throw new LaminaException(
        "'"
            + system
            + "' has no row '"
            + name
            + "'"
            + Suggestion.of(name, known)
            + "; 'lamina reproduce --list' prints all");
  }

  /// The rows that a row needs.
  public List<Preset> needs(Preset preset) {
    return preset.reproduction().orElseThrow().needs().stream()
        .map(name -> row(family(preset), name))
        .toList();
  }

  private void place(Preset row, Set<Preset> order, Set<Preset> above) {
    if (!above.add(row)) {
      throw new LaminaException(
          "rows need each other in a circle: "
              + String.join(" → ", above.stream().map(Preset::rowName).toList())
              + " → "
              + row.rowName());
    }
    for (Preset needed : needs(row)) {
      if (!order.contains(needed)) {
        place(needed, order, above);
      }
    }
    above.remove(row);
    order.add(row);
  }
}
