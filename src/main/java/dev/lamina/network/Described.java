package dev.lamina.network;

import dev.lamina.network.Settings.Value;
import dev.lamina.tensor.LaminaException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Something of a known kind with its settings: a layer, a rule, an optimizer, a schedule.
///
/// @param kind its name in the vocabulary
/// @param settings its settings
public record Described(String kind, Settings settings) {
  /// A kind without settings.
  public static Described of(String kind) {
    return new Described(kind, Settings.empty());
  }

  /// What stands at path `at`: `name`, or `name: {settings}`.
  static Described of(Value value, String at) {
    if (value.content() instanceof String name) {
      return new Described(name, new Settings(at + "." + name, value.where(), Map.of()));
    }
    if (value.content() instanceof Settings one && one.values().size() == 1) {
      Map.Entry<String, Value> entry = one.values().entrySet().iterator().next();
      if (entry.getValue().content() instanceof Settings settings) {
        return new Described(entry.getKey(), settings.at(at + "." + entry.getKey()));
      }
    }
    throw new LaminaException(
        Settings.place(value.where())
            + "'"
            + at
            + "' must be a name, or one name with its settings");
  }

  /// The list of kinds that stands at path `at`.
  static List<Described> all(Value value, String at) {
    if (!(value.content() instanceof List<?> list)) {
      throw new LaminaException(Settings.place(value.where()) + "'" + at + "' must be a list");
    }
    return all(list.stream().map(Value.class::cast).toList(), at);
  }

  /// The kinds in a list at path `at`.
  static List<Described> all(List<Value> values, String at) {
    List<Described> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      all.add(of(values.get(i), at + "[" + i + "]"));
    }
    return all;
  }

  Described at(String path) {
    return new Described(kind, settings.at(path + "." + kind));
  }
}
