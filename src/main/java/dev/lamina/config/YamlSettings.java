package dev.lamina.config;

import dev.lamina.network.Settings;
import dev.lamina.network.Settings.Value;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML into a `Settings` tree in which every value knows its `file:line:column`.
///
/// Scalars stay text whatever YAML would take them for (`no`, `1e-3`, `.5`): the type that is asked
/// for decides. Aliases are expanded; documents that are too long, too deep, or too large when
/// expanded are refused before they hurt.
public final class YamlSettings {
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 64;
  private static final int MOST_VALUES = 100_000;
  private static final int MOST_ALIASES = 1000;

  private final String label;
  private final boolean marked;
  private int count;

  private YamlSettings(String label, boolean marked) {
    this.label = label;
    this.marked = marked;
  }

  /// The settings in a file.
  ///
  /// @throws LaminaException if it cannot be read or is not a group of settings in YAML
  public static Settings read(Path file) {
    try {
      return read(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new LaminaException("there is no file '" + file + "'", e);
    } catch (CharacterCodingException e) {
      throw new LaminaException(file + ": not text in UTF-8", e);
    } catch (IOException e) {
      throw new LaminaException(file + ": cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /// The settings in a text.
  ///
  /// @param label what error messages call the text, normally a file name
  /// @throws LaminaException if it is not a group of settings in YAML
  public static Settings read(String text, String label) {
    Value value = new YamlSettings(label, true).parse(text);
    if (value.content() instanceof Settings settings) {
      return settings;
    }
    throw new LaminaException(value.where() + ": must be a group of settings, 'key: value'");
  }

  /// A single value, for example of an option `--set`.
  ///
  /// @param where the place that all errors name
  static Value value(String text, String where) {
    return text.isBlank() ? new Value("", where) : new YamlSettings(where, false).parse(text);
  }

  private Value parse(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(label)
            .setUseMarks(true)
            .setCodePointLimit(LONGEST)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setAllowRecursiveKeys(false)
            .setAllowNonScalarKeys(true)
            .build();
    try {
      requireShallow(parser(settings, text));
      Node root =
          new Composer(settings, parser(settings, text))
              .getSingleNode()
              .orElseThrow(() -> new LaminaException(label + ": the document is empty"));
      return value(root, "", place(root));
    } catch (MarkedYamlEngineException e) {
      String at = e.getProblemMark().map(this::place).orElse(label);
      throw new LaminaException(at + ": not valid YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new LaminaException(label + ": not valid YAML: " + e.getMessage(), e);
    }
  }

  private static Parser parser(LoadSettings settings, String text) {
    return new ParserImpl(settings, new StreamReader(settings, text));
  }

  /// Refuses deep nesting before a recursive reader sees it.
  private void requireShallow(Parser events) {
    int depth = 0;
    while (events.hasNext()) {
      Event event = events.next();
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        String at = event.getStartMark().map(this::place).orElse(label);
        throw new LaminaException(at + ": nested more than " + DEEPEST + " levels deep");
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private Value value(Node node, String path, String where) {
    if (++count > MOST_VALUES) {
      throw new LaminaException(
          where + ": more than " + MOST_VALUES + " values; too many aliases?");
    }
    if (node.isRecursive()) {
      throw new LaminaException(where + ": an anchor that contains itself");
    }
    return switch (node) {
      case ScalarNode scalar -> new Value(text(scalar, path, where), where);
      case SequenceNode sequence -> new Value(list(sequence, path), where);
      case MappingNode mapping -> new Value(group(mapping, path, where), where);
      default -> throw new LaminaException(where + ": neither value, list nor group of settings");
    };
  }

  private static String text(ScalarNode scalar, String path, String where) {
    if (scalar.getValue().isEmpty() && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
      throw new LaminaException(
          where + ": '" + path + "' has no value; write one, or leave the key out");
    }
    return scalar.getValue();
  }

  private List<Value> list(SequenceNode sequence, String path) {
    List<Value> values = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      values.add(value(element, path + "[" + values.size() + "]", place(element)));
    }
    return values;
  }

  private Settings group(MappingNode mapping, String path, String where) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String at = place(entry.getKeyNode());
      if (!(entry.getKeyNode() instanceof ScalarNode scalar)) {
        throw new LaminaException(at + ": a key must be a single word");
      }
      String key = scalar.getValue();
      String below = path.isEmpty() ? key : path + "." + key;
      Value former = values.put(key, value(entry.getValueNode(), below, at));
      if (former != null) {
        throw new LaminaException(at + ": '" + below + "' is given twice" + first(former));
      }
    }
    return new Settings(path, where, values);
  }

  private String first(@Nullable Value former) {
    return former == null || !marked ? "" : "; first at " + former.where();
  }

  private String place(Node node) {
    return node.getStartMark().map(this::place).orElse(label);
  }

  private String place(Mark mark) {
    return marked ? label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1) : label;
  }
}
