package dev.lamina.network;

import dev.lamina.tensor.LaminaException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Settings as JSON text, as checkpoints carry them: objects, arrays, and strings for all scalars.
public final class SettingsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private SettingsJson() {}

  /// The JSON text of `settings`.
  public static String write(Settings settings) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      write(json, settings);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object content) {
    switch (content) {
      case Settings s -> {
        json.writeStartObject();
        s.values()
            .forEach((key, value) -> {
              json.writeName(key);
              write(json, value.content());
            });
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object value : list) {
          write(json, ((Settings.Value) value).content());
        }
        json.writeEndArray();
      }
      default -> json.writeString(content.toString());
    }
  }

  /// The settings that a JSON text holds.
  ///
  /// @param origin the file, for messages
  /// @throws LaminaException if the text is not JSON of that form
  public static Settings read(String text, String origin) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new LaminaException(origin + ": the description is not a JSON object");
      }
      return object(json, "");
    } catch (JacksonException e) {
      throw new LaminaException(
          origin + ": the description is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static Settings object(JsonParser json, String path) {
    Map<String, Settings.Value> values = new LinkedHashMap<>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      values.put(key, new Settings.Value(content(json, key), ""));
    }
    return new Settings(path, "", values);
  }

  private static Object content(JsonParser json, String path) {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json, path);
      case START_ARRAY -> {
        List<Settings.Value> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          list.add(new Settings.Value(content(json, path), ""));
        }
        yield list;
      }
      default -> json.getString();
    };
  }
}
