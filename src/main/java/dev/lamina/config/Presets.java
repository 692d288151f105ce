package dev.lamina.config;

import dev.lamina.network.Settings;
import dev.lamina.network.Settings.Value;
import dev.lamina.network.Suggestion;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The presets that come with Lamina.
///
/// A file is a document (`Experiment`) or a family: a base and a table of rows that differ from it
/// in a few values. Row `1` of family `cifar10-softhebb` is `cifar10-softhebb/1` or
/// `cifar10-softhebb-1`.
///
/// ```yaml
/// family: mine                      # in the place of the file's name
/// reproduces: softhebb              # makes its rows those of `lamina reproduce softhebb`
/// base: {seed: 0, network: …}       # a document, or the name of a preset
/// parts: […]                        # free: pieces with anchors for the rows
/// rows:
///   - name: r2
///     description: …
///     published: {value: none, source: …}
///     band: [95, 100]
///     minutes: 7                    # see Reproduction
///     base: other-preset            # in the place of the family's base
///     set: {"network.blocks[0].rule.soft-hebb.rate": 0.1}      # or a list of such groups
/// ```
public final class Presets {
  private static final String FOLDER = "presets/";
  private static final List<String> OF_THE_ROW = List.of("description", "published", "band");
  private static final List<String> OF_A_FAMILY =
      List.of("family", "reproduces", "base", "parts", "rows");
  private static final List<String> OF_A_ROW =
      List.of("name", "description", "published", "band", "minutes", "needs", "base", "set");

  private final Map<String, Preset> byName = new LinkedHashMap<>();

  private Presets() {}

  /// The shipped presets, read in the order of the index.
  public static Presets shipped() {
    Presets presets = new Presets();
    for (String file : resource("index.txt").lines().filter(l -> !l.isBlank()).toList()) {
      presets.add(file, YamlSettings.read(resource(file + ".yaml"), file + ".yaml"));
    }
    return presets;
  }

  /// The presets of one file alone.
  static Presets of(String name, Settings file) {
    Presets presets = new Presets();
    presets.add(name, file);
    return presets;
  }

  /// All presets.
  public List<Preset> all() {
    return List.copyOf(byName.values());
  }

  /// The preset of this name: plain, or `FAMILY/ROW`.
  ///
  /// @throws LaminaException with the nearest name if there is none
  public Preset find(String name) {
    Preset preset = byName.get(name.replace('/', '-'));
    if (preset == null) {
      throw new LaminaException(
          "there is no preset '"
              + name
              + "'"
              + Suggestion.of(name, byName.keySet())
              + "; 'lamina presets' lists them, and a file's name ends in .yaml");
    }
    return preset;
  }

  /// Adds the document or the family in a file.
  void add(String name, Settings file) {
    if (!file.has("rows")) {
      put(new Preset(name, "", experiment(file), Reproduction.of(file, file)));
      return;
    }
    requireKnown(file, OF_A_FAMILY);
    String family = file.text("family", name);
    for (Settings row : file.children("rows")) {
      requireKnown(row, OF_A_ROW);
      Settings base = row.has("base") ? base(row) : base(file);
      Settings document = merge(base, row);
      String plain = family + "-" + row.text("name");
      put(new Preset(plain, family, document, Reproduction.of(file, row)));
    }
  }

  /// A document without what it says of its reproduction.
  private static Settings experiment(Settings file) {
    Map<String, Value> values = new LinkedHashMap<>(file.values());
    values.keySet().removeAll(Reproduction.KEYS);
    return new Settings("", "", values);
  }

  private static void requireKnown(Settings group, List<String> known) {
    group
        .values()
        .forEach((key, value) -> {
          if (!known.contains(key)) {
            throw group.error(key, "is no key here" + Suggestion.of(key, known));
          }
        });
  }

  private void put(Preset preset) {
    if (byName.put(preset.name(), preset) != null) {
      throw new LaminaException("there are two presets '" + preset.name() + "'");
    }
  }

  private Settings base(Settings holder) {
    return holder.isGroup("base") ? holder.child("base") : find(holder.text("base")).document();
  }

  /// The base with the row's changes; what is said of the base's results is not true of the row.
  private static Settings merge(Settings base, Settings row) {
    Map<String, Value> values = new LinkedHashMap<>();
    row.values()
        .forEach((key, value) -> {
          if (OF_THE_ROW.contains(key)) {
            values.put(key, value);
          }
        });
    base.values()
        .forEach((key, value) -> {
          if (!OF_THE_ROW.contains(key)) {
            values.put(key, value);
          }
        });
    Settings merged = new Settings("", "", values);
    for (Settings changes : changes(row)) {
      for (Map.Entry<String, Value> change : changes.values().entrySet()) {
        merged = Overrides.set(merged, change.getKey(), change.getValue());
      }
    }
    return merged;
  }

  private static List<Settings> changes(Settings row) {
    return row.isGroup("set") ? List.of(row.child("set")) : row.children("set");
  }

  private static String resource(String name) {
    try (InputStream in = Presets.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + FOLDER + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
