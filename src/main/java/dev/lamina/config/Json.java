package dev.lamina.config;

import dev.lamina.tensor.LaminaException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/// JSON of maps, lists, texts, numbers and booleans, as the files of a run hold it.
public final class Json {
  private static final int DEEPEST = 32;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private Json() {}

  /// The JSON of a map on one line.
  public static String line(Map<String, ?> map) {
    return write(map, ObjectWriteContext.empty());
  }

  /// The JSON of a map on several lines, indented by 2, ending in a line break.
  public static String text(Map<String, ?> map) {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    Separators spaced =
        Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(spaced).withObjectIndenter(indent);
    ObjectWriteContext context =
        new ObjectWriteContext.Base() {
          @Override
          public DefaultPrettyPrinter getPrettyPrinter() {
            return printer.createInstance();
          }
        };
    return write(map, context) + "\n";
  }

  private static String write(Map<String, ?> map, ObjectWriteContext context) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(context, text)) {
      write(json, map);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        map.forEach((key, element) -> {
          json.writeName(key.toString());
          write(json, element);
        });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        list.forEach(element -> write(json, element));
        json.writeEndArray();
      }
      case Integer i -> json.writeNumber(i);
      case Long l -> json.writeNumber(l);
      case Double d when Double.isFinite(d) -> json.writeNumber(d);
      case Double d -> json.writeNull();
      case Boolean b -> json.writeBoolean(b);
      default -> json.writeString(value.toString());
    }
  }

  /// The object in a text: maps, lists, texts, `Long` or `Double` numbers, booleans, null.
  ///
  /// @param label what error messages call the text, normally a file name
  /// @throws LaminaException if it is not one JSON object
  public static Map<String, Object> read(String text, String label) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, Object> object = object(json);
        if (json.nextToken() == null) {
          return object;
        }
      }
    } catch (JacksonException e) {
      throw new LaminaException(label + ": not valid JSON: " + e.getOriginalMessage(), e);
    }
    throw new LaminaException(label + ": must be one JSON object");
  }

  private static Map<String, Object> object(JsonParser json) {
    Map<String, Object> map = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      map.put(key, value(json));
    }
    return map;
  }

  private static List<Object> array(JsonParser json) {
    List<Object> list = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(json));
    }
    return list;
  }

  private static Object value(JsonParser json) {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> Double.NaN;
      default -> json.getString();
    };
  }
}
