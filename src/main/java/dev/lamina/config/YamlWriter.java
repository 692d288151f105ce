package dev.lamina.config;

import dev.lamina.network.Settings;
import dev.lamina.network.Settings.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/// Writes a `Settings` tree as YAML that `YamlSettings` reads back as the same tree.
///
/// What fits on a line is written on one (`{outputs: 96, kernel: 5}`), so that a network reads as
/// in a preset; the top level is always one key a line.
public final class YamlWriter {
  private static final int WIDTH = 100;
  private static final int SHORT = 76;
  private static final int INDENT = 2;
  private static final ImplicitTuple NO_TAG = new ImplicitTuple(true, true);

  private final List<Event> events = new ArrayList<>();

  private YamlWriter() {}

  /// The YAML text, ending in a line break.
  public static String write(Settings settings) {
    YamlWriter writer = new YamlWriter();
    writer.document(settings);
    DumpSettings style =
        DumpSettings.builder()
            .setWidth(WIDTH)
            .setIndent(INDENT)
            .setIndicatorIndent(INDENT)
            .setIndentWithIndicator(true)
            .setSplitLines(true)
            .build();
    Text text = new Text();
    Emitter emitter = new Emitter(style, text);
    writer.events.forEach(emitter::emit);
    return text.out.toString();
  }

  /// Collects what the emitter writes.
  private static final class Text implements StreamDataWriter {
    final StringBuilder out = new StringBuilder();

    @Override
    public void write(String part) {
      out.append(part);
    }

    @Override
    public void write(String part, int from, int length) {
      out.append(part, from, from + length);
    }
  }

  private void document(Settings settings) {
    events.add(new StreamStartEvent());
    events.add(new DocumentStartEvent(false, Optional.empty(), Map.of()));
    group(settings, FlowStyle.BLOCK);
    events.add(new DocumentEndEvent(false));
    events.add(new StreamEndEvent());
  }

  private void group(Settings settings, FlowStyle style) {
    events.add(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style));
    settings
        .values()
        .forEach((key, value) -> {
          scalar(key);
          content(value.content(), style);
        });
    events.add(new MappingEndEvent());
  }

  private void list(List<?> values, FlowStyle style) {
    events.add(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style));
    for (Object value : values) {
      content(((Value) value).content(), style);
    }
    events.add(new SequenceEndEvent());
  }

  private void content(Object content, FlowStyle around) {
    FlowStyle style = around == FlowStyle.FLOW || fits(content) ? FlowStyle.FLOW : FlowStyle.BLOCK;
    switch (content) {
      case Settings s -> group(s, style);
      case List<?> values -> list(values, style);
      default -> scalar(content.toString());
    }
  }

  private void scalar(String text) {
    ScalarStyle style = text.isEmpty() ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
    events.add(new ScalarEvent(Optional.empty(), Optional.empty(), NO_TAG, text, style));
  }

  /// Whether it is short, and no kind with its settings: those read better with the kind in front.
  private static boolean fits(Object content) {
    boolean kind =
        content instanceof Settings s
            && s.values().size() == 1
            && s.values().values().iterator().next().content() instanceof Settings below
            && !below.values().isEmpty();
    return !kind && length(content) <= SHORT;
  }

  /// The number of characters on one line, about.
  private static int length(Object content) {
    int sum = 2;
    switch (content) {
      case Settings s -> {
        for (Map.Entry<String, Value> e : s.values().entrySet()) {
          sum += e.getKey().length() + 4 + length(e.getValue().content());
        }
      }
      case List<?> values -> {
        for (Object value : values) {
          sum += 2 + length(((Value) value).content());
        }
      }
      default -> sum = content.toString().length();
    }
    return sum;
  }
}
