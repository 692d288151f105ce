package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.tensor.LaminaException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesForEyesAndForLines() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("preset", "a \"b\"");
    map.put("accuracy", 98.5);
    map.put("steps", 12L);
    map.put("nothing", Double.NaN);
    map.put("phases", List.of(Map.of("name", "b1"), Map.of("name", "head")));
    assertEquals(
        "{\"preset\":\"a \\\"b\\\"\",\"accuracy\":98.5,\"steps\":12,\"nothing\":null,"
            + "\"phases\":[{\"name\":\"b1\"},{\"name\":\"head\"}]}",
        Json.line(map));
    assertEquals(
        """
        {
          "preset": "a \\"b\\"",
          "accuracy": 98.5,
          "steps": 12,
          "nothing": null,
          "phases": [ {
            "name": "b1"
          }, {
            "name": "head"
          } ]
        }
        """,
        Json.text(map));
    assertEquals(map, Json.read(Json.text(map), "x"));
  }

  @Test
  void refusesWhatIsNoObject() {
    assertMessage("x: must be one JSON object", "[1]");
    assertMessage("x: must be one JSON object", "{} {}");
    assertMessage("x: must be one JSON object", "");
    String message =
        assertThrows(LaminaException.class, () -> Json.read("{\"a\": ", "x")).getMessage();
    assertEquals("x: not valid JSON: ", message.substring(0, 19));
    assertThrows(
        LaminaException.class, () -> Json.read("{\"a\":" + "[".repeat(99) + "]".repeat(99), "x"));
  }

  private static void assertMessage(String message, String text) {
    assertEquals(
        message, assertThrows(LaminaException.class, () -> Json.read(text, "x")).getMessage());
  }
}
