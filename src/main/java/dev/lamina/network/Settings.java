package dev.lamina.network;

import dev.lamina.tensor.LaminaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// A tree of named settings, as it stands in a YAML file, a checkpoint, or a Java program.
///
/// Whoever reads a setting names its key, type, default and range at once; so the reading code is
/// the schema. Keys that nobody asked for are errors with a suggestion (`finish`), and what was
/// read, defaults included, is the expanded form (`expanded`). Scalars are kept as text and parsed
/// by the type that is asked for.
public final class Settings {
  private final String path;
  private final String where;
  private final Map<String, Value> values;
  private final Map<String, Object> asked = new LinkedHashMap<>();

  /// A value with its place: text, a list of values, or settings.
  ///
  /// @param content `String`, `List<Value>` or `Settings`
  /// @param where the place in a file, `file:line:column`, or empty
  public record Value(Object content, String where) {}

  /// Settings at `path` (for example `network.blocks[1]`) with these values.
  ///
  /// @param where the place in a file, or empty
  public Settings(String path, String where, Map<String, Value> values) {
    this.path = path;
    this.where = where;
    this.values = new LinkedHashMap<>(values);
  }

  /// Settings without values.
  public static Settings empty() {
    return new Settings("", "", Map.of());
  }

  /// A copy with one more value: text, number, boolean, `Settings`, `Described`, or a list of
  /// those.
  public Settings with(String key, Object value) {
    Settings copy = new Settings(path, where, values);
    copy.values.put(key, new Value(content(value), ""));
    return copy;
  }

  /// A copy with the value of a key replaced or added, with the value's own place.
  public Settings placed(String key, Value value) {
    Settings copy = new Settings(path, where, values);
    copy.values.put(key, value);
    return copy;
  }

  private static Object content(Object value) {
    return switch (value) {
      case Settings s -> s;
      case Described d ->
          d.settings().values.isEmpty() ? d.kind() : Settings.empty().with(d.kind(), d.settings());
      case List<?> list -> list.stream().map(v -> new Value(content(v), "")).toList();
      default -> value.toString();
    };
  }

  /// The path of these settings in their tree.
  public String path() {
    return path;
  }

  /// The values as they were given.
  public Map<String, Value> values() {
    return values;
  }

  /// Whether the key was given.
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /// Whether a group of settings was given under the key.
  public boolean isGroup(String key) {
    Value value = values.get(key);
    return value != null && value.content() instanceof Settings;
  }

  /// Whether a list was given under the key.
  public boolean isList(String key) {
    Value value = values.get(key);
    return value != null && value.content() instanceof List<?>;
  }

  /// The text of a required key.
  public String text(String key) {
    Value value = values.get(key);
    if (value == null) {
      throw missing(key);
    }
    return remember(key, scalar(key, value));
  }

  /// The text of a key, or the default.
  public String text(String key, String fallback) {
    return has(key) ? text(key) : remember(key, fallback);
  }

  /// A required whole number of at least `least`.
  public int integer(String key, int least) {
    String text = text(key).replace("_", "");
    try {
      int number = Integer.parseInt(text);
      if (number >= least) {
        return number;
      }
      throw error(key, "must be at least " + least + " but is " + number);
    } catch (NumberFormatException e) {
      throw error(key, "must be a whole number but is '" + text + "'");
    }
  }

  /// A whole number of at least `least`, or the default.
  public int integer(String key, int least, int fallback) {
    return has(key)
        ? integer(key, least)
        : Integer.parseInt(remember(key, Integer.toString(fallback)));
  }

  /// A required number for which `range` holds.
  ///
  /// @param meaning the range in words, for example `> 0`
  public double number(String key, DoublePredicate range, String meaning) {
    String text = text(key).replace("_", "");
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw error(key, "must be a number but is '" + text + "'");
    }
    if (!range.test(number) || !Double.isFinite(number)) {
      throw error(key, "must be " + meaning + " but is " + text);
    }
    return number;
  }

  /// A number for which `range` holds, or the default.
  public double number(String key, DoublePredicate range, String meaning, double fallback) {
    return has(key)
        ? number(key, range, meaning)
        : Double.parseDouble(remember(key, shortest(fallback)));
  }

  /// A number > 0, or the default.
  public double positive(String key, double fallback) {
    return number(key, v -> v > 0, "greater than 0", fallback);
  }

  /// A number ≥ 0, or the default.
  public double nonNegative(String key, double fallback) {
    return number(key, v -> v >= 0, "at least 0", fallback);
  }

  /// `true` or `false`, or the default.
  public boolean flag(String key, boolean fallback) {
    String text = text(key, Boolean.toString(fallback));
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error(key, "must be true or false but is '" + text + "'");
    };
  }

  /// One of the constants of an enum, written in lower case with hyphens, or the default.
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    String text = text(key, spelled(fallback));
    for (E constant : type.getEnumConstants()) {
      if (spelled(constant).equals(text)) {
        return constant;
      }
    }
    List<String> all = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      all.add(spelled(constant));
    }
    throw error(
        key,
        "must be one of "
            + String.join(", ", all)
            + " but is '"
            + text
            + "'"
            + Suggestion.of(text, all));
  }

  /// An enum constant as it is written in settings.
  public static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The settings under a required key.
  public Settings child(String key) {
    Value value = values.get(key);
    if (value == null) {
      throw missing(key);
    }
    if (!(value.content() instanceof Settings settings)) {
      throw error(key, "must be a group of settings");
    }
    Settings child = settings.at(join(key));
    asked.put(key, child);
    return child;
  }

  /// A kind with its settings: `name`, or `name: {settings}`.
  public Described described(String key) {
    Value value = values.get(key);
    if (value == null) {
      throw missing(key);
    }
    Described described = Described.of(value, join(key));
    asked.put(key, described);
    return described;
  }

  /// A kind with its settings, or nothing if the key is missing.
  public Optional<Described> optional(String key) {
    return has(key) ? Optional.of(described(key)) : Optional.empty();
  }

  /// A kind with its settings, or the default kind without settings.
  public Described described(String key, String fallback) {
    return described(key, new Described(fallback, Settings.empty()));
  }

  /// A kind with its settings, or the given one.
  public Described described(String key, Described fallback) {
    if (has(key)) {
      return described(key);
    }
    Described described = fallback.at(join(key));
    asked.put(key, described);
    return described;
  }

  /// A list of kinds, each `name` or `name: {settings}`; empty if the key is missing.
  public List<Described> describedList(String key) {
    List<Described> list = Described.all(list(key), join(key));
    asked.put(key, list);
    return list;
  }

  /// A list of lists of kinds; empty if the key is missing.
  public List<List<Described>> describedLists(String key) {
    List<List<Described>> lists = new ArrayList<>();
    for (Value value : list(key)) {
      lists.add(Described.all(value, join(key) + "[" + lists.size() + "]"));
    }
    asked.put(key, lists);
    return lists;
  }

  /// A list of groups of settings; empty if the key is missing.
  public List<Settings> children(String key) {
    List<Settings> list = new ArrayList<>();
    List<Value> values = list(key);
    for (int i = 0; i < values.size(); i++) {
      if (!(values.get(i).content() instanceof Settings settings)) {
        throw error(key, "must be a list of groups of settings");
      }
      list.add(settings.at(join(key) + "[" + i + "]"));
    }
    asked.put(key, list);
    return list;
  }

  /// A list of texts; empty if the key is missing.
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Value value : list(key)) {
      texts.add(scalar(key, value));
    }
    asked.put(key, texts);
    return texts;
  }

  private List<Value> list(String key) {
    Value value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value.content() instanceof List<?> list)) {
      throw error(key, "must be a list");
    }
    return list.stream().map(Value.class::cast).toList();
  }

  Settings at(String newPath) {
    return new Settings(newPath, where, values);
  }

  /// Ends the reading: a key that was given and not asked for is an error.
  ///
  /// @throws LaminaException that names the key, its place and the nearest known key
  public void finish() {
    for (Map.Entry<String, Value> entry : values.entrySet()) {
      if (!asked.containsKey(entry.getKey())) {
        throw unknown(entry.getKey(), asked.keySet());
      }
    }
  }

  /// A required key that is missing is most often misspelt: then the error is about what stands
  /// there.
  private LaminaException missing(String key) {
    for (String given : values.keySet()) {
      if (!asked.containsKey(given) && Suggestion.isNear(given, key)) {
        return unknown(given, List.of(key));
      }
    }
    return error(key, "is missing");
  }

  private LaminaException unknown(String key, Collection<String> known) {
    Value value = values.get(key);
    return new LaminaException(
        place(value == null ? where : value.where())
            + "unknown key '"
            + key
            + "'"
            + (path.isEmpty() ? "" : " in '" + path + "'")
            + Suggestion.of(key, known));
  }

  /// Everything that was read, defaults included, in the order of reading.
  public Settings expanded() {
    Settings expanded = new Settings(path, where, Map.of());
    asked.forEach((key, value) -> expanded.values.put(key, new Value(expand(value), "")));
    return expanded;
  }

  private static Object expand(Object value) {
    return switch (value) {
      case Settings s -> s.expanded();
      case Described d -> content(new Described(d.kind(), d.settings().expanded()));
      case List<?> list -> list.stream().map(v -> new Value(expand(v), "")).toList();
      default -> value.toString();
    };
  }

  /// An error about a key, with its place and path.
  public LaminaException error(String key, String what) {
    Value value = values.get(key);
    return new LaminaException(
        place(value == null ? where : value.where()) + "'" + join(key) + "' " + what);
  }

  /// An error about these settings as a whole, with their place.
  public LaminaException problem(String what) {
    return new LaminaException(place(where) + what + (path.isEmpty() ? "" : " at '" + path + "'"));
  }

  private String scalar(String key, Value value) {
    if (value.content() instanceof String text) {
      return text;
    }
    throw error(key, "must be a single value");
  }

  private String remember(String key, String text) {
    asked.put(key, text);
    return text;
  }

  private String join(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String place(String where) {
    return where.isEmpty() ? "" : where + ": ";
  }

  private static String shortest(double value) {
    return value == StrictMath.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
