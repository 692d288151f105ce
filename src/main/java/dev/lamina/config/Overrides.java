package dev.lamina.config;

import dev.lamina.network.Settings;
import dev.lamina.network.Settings.Value;
import dev.lamina.network.Suggestion;
import dev.lamina.tensor.LaminaException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Changes single values of a `Settings` tree by their path, as `--set a.b[1].c=value` does.
///
/// An index is a number from 0, the `name` of an element (`network.blocks[head].rule`), or `*` for
/// every element into which the path leads (`network.blocks[*].layers[*].dropout.p`). Groups that
/// are missing are made. A kind that stands there without settings (`dropout`) gets them
/// (`layers[1].dropout.p`). Whether a key means anything is for the reader of the settings to say.
public final class Overrides {
  private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([^\\[\\]]+)]");
  private static final Pattern PATH =
      Pattern.compile("[^.\\[\\]]+(\\[[^\\[\\]]+])*(\\.[^.\\[\\]]+(\\[[^\\[\\]]+])*)*");

  private final String path;
  private final List<Step> steps = new ArrayList<>();
  private final Value value;

  private record Step(String name, boolean index, String pathSoFar) {}

  private Overrides(String path, Value value) {
    this.path = path;
    this.value = value;
    if (!PATH.matcher(path).matches()) {
      throw fault("'" + path + "' is not a path such as network.blocks[0].rule");
    }
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      boolean index = step.group(1) == null;
      String name = String.valueOf(index ? step.group(2) : step.group(1));
      steps.add(new Step(name, index, path.substring(0, step.end())));
    }
  }

  /// A copy of `root` with each `path=value` applied, in their order; values are YAML.
  ///
  /// @throws LaminaException that names the assignment if it has no `=`, or leads nowhere
  public static Settings apply(Settings root, List<String> assignments) {
    Settings result = root;
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      String where = "--set " + assignment;
      if (equals < 1) {
        throw new LaminaException(where + ": must have the form path=value");
      }
      Value value = YamlSettings.value(assignment.substring(equals + 1), where);
      result = set(result, assignment.substring(0, equals), value);
    }
    return result;
  }

  /// A copy of `root` with the value at `path` replaced.
  static Settings set(Settings root, String path, Value value) {
    Overrides override = new Overrides(path, value);
    return (Settings) override.put(new Value(root, ""), 0).content();
  }

  /// What stands in the place of `old` when step `i` and those behind it have been taken.
  private Value put(@Nullable Value old, int i) {
    if (i == steps.size()) {
      return value;
    }
    Step step = steps.get(i);
    return step.index ? element(old, step, i) : entry(old, step, i);
  }

  private Value entry(@Nullable Value old, Step step, int i) {
    Object content = old == null ? Settings.empty() : old.content();
    Settings group =
        switch (content) {
          case Settings s -> s;
          case String kind when kind.equals(step.name) -> Settings.empty();
          case String text -> throw fault(before(i) + " is '" + text + "', which has no settings");
          default -> throw fault(before(i) + " is a list; an index such as [0] is missing");
        };
    Value below = put(group.values().get(step.name), i + 1);
    return new Value(group.placed(step.name, below), old == null ? value.where() : old.where());
  }

  private Value element(@Nullable Value old, Step step, int i) {
    if (old == null || !(old.content() instanceof List<?> list)) {
      throw fault(before(i) + " is not a list");
    }
    List<Value> values = new ArrayList<>(list.stream().map(Value.class::cast).toList());
    if (step.name.equals("*")) {
      everyElement(values, i);
      return new Value(values, old.where());
    }
    int at = index(values, step, i);
    values.set(at, put(values.get(at), i + 1));
    return new Value(values, old.where());
  }

  private void everyElement(List<Value> values, int i) {
    int changed = 0;
    for (int at = 0; at < values.size(); at++) {
      if (leadsInto(values.get(at).content(), i + 1)) {
        values.set(at, put(values.get(at), i + 1));
        changed++;
      }
    }
    if (changed == 0) {
      throw fault(before(i) + " has no element into which the path leads");
    }
  }

  /// Whether the steps from `i` on can be taken; only the last name may be a new one.
  private boolean leadsInto(Object content, int i) {
    if (i == steps.size()) {
      return true;
    }
    Step step = steps.get(i);
    boolean last = i == steps.size() - 1;
    return switch (content) {
      case Settings s when !step.index -> {
        Value below = s.values().get(step.name);
        yield below == null ? last : leadsInto(below.content(), i + 1);
      }
      case String kind when !step.index -> kind.equals(step.name);
      case List<?> list when step.index ->
          !step.name.equals("*")
              || list.stream().anyMatch(v -> leadsInto(((Value) v).content(), i + 1));
      default -> false;
    };
  }

  private int index(List<Value> values, Step step, int i) {
    if (step.name.chars().allMatch(Character::isDigit) && step.name.length() < 9) {
      int at = Integer.parseInt(step.name);
      if (at < values.size()) {
        return at;
      }
      throw fault(before(i) + " has " + values.size() + " elements, counted from 0");
    }
    List<String> names = values.stream().map(Overrides::name).toList();
    int at = names.indexOf(step.name);
    if (at < 0) {
      List<String> known = names.stream().filter(n -> !n.isEmpty()).toList();
      throw fault(
          before(i)
              + " has no element named '"
              + step.name
              + "'"
              + Suggestion.of(step.name, known));
    }
    return at;
  }

  private static String name(Value element) {
    return element.content() instanceof Settings s && s.has("name") && !s.isGroup("name")
        ? s.text("name")
        : "";
  }

  private String before(int i) {
    return i == 0 ? "the document" : "'" + steps.get(i - 1).pathSoFar + "'";
  }

  private LaminaException fault(String what) {
    String where = value.where().isEmpty() ? path : value.where();
    return new LaminaException(where + ": " + what);
  }
}
