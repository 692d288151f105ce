package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.network.Settings;
import dev.lamina.network.Settings.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class YamlWriterTest {
  private static final List<String> AWKWARD =
      List.of(
          "",
          " ",
          "a: b",
          "- a",
          "'",
          "\"",
          "#x",
          "a #b",
          "{",
          "]",
          "&a",
          "*a",
          "!t",
          "|",
          ">",
          "%",
          "@",
          "`",
          "x\ny",
          "\n",
          "tab\t",
          "é",
          "日本",
          "---",
          "...",
          "null",
          "~",
          "no",
          "1e-3",
          ".5",
          "0x10",
          "a,b",
          "[1, 2]",
          "?",
          "? a",
          "a\\b",
          " lead",
          "trail ",
          "\u0001",
          "=",
          "<<",
          ":",
          "a:",
          "long " + "word ".repeat(60).strip());

  @Test
  void writesShortGroupsOnOneLine() {
    String text =
        """
        seed: 0
        network:
          blocks:
            - name: b1
              layers:
                - batch-norm
                - convolution: {outputs: 96, kernel: 5, padding: 2, padding-mode: reflect}
                - triangle: {power: 0.7}
              rule:
                soft-hebb: {competition: soft-anti, rate: 0.08, power: 0.5}
            - {name: head, layers: [flatten, dropout, dense]}
        """;
    assertEquals(text, YamlWriter.write(YamlSettings.read(text, "a.yaml")));
  }

  @Test
  void readsBackEveryAwkwardText() {
    Settings s = Settings.empty();
    for (String text : AWKWARD) {
      s = s.with("k" + s.values().size(), text);
    }
    s = s.with("list", AWKWARD).with("group", Settings.empty().with("a: 'b'", AWKWARD));
    assertReadsBack(s, "every awkward text");
  }

  @Test
  void readsBackRandomTrees() {
    for (long seed = 0; seed < 300; seed++) {
      Settings s = (Settings) new Growth(seed).group(4);
      assertReadsBack(s, "seed " + seed);
    }
  }

  private static void assertReadsBack(Settings s, String what) {
    String text = YamlWriter.write(s);
    assertTrue(text.endsWith("\n"), what);
    assertEquals(plain(s), plain(YamlSettings.read(text, "x")), () -> what + "\n" + text);
  }

  private static Object plain(Object content) {
    return switch (content) {
      case Settings s -> {
        Map<String, Object> map = new LinkedHashMap<>();
        s.values().forEach((key, value) -> map.put(key, plain(value.content())));
        yield map;
      }
      case List<?> list -> list.stream().map(v -> plain(((Value) v).content())).toList();
      default -> content;
    };
  }

  /// Random trees from a multiplicative congruential generator.
  private static final class Growth {
    private long state;

    Growth(long seed) {
      state = seed * 2 + 1;
    }

    private int next(int bound) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      return (int) ((state >>> 33) % bound);
    }

    Object group(int depth) {
      Settings s = Settings.empty();
      int size = next(5);
      for (int i = 0; i < size; i++) {
        s = s.with("k" + i + AWKWARD.get(next(AWKWARD.size())), any(depth - 1));
      }
      return s;
    }

    private Object any(int depth) {
      int kind = depth == 0 ? 0 : next(3);
      if (kind == 1) {
        return group(depth);
      }
      if (kind == 2) {
        List<Object> list = new ArrayList<>();
        int size = next(4);
        for (int i = 0; i < size; i++) {
          list.add(any(depth - 1));
        }
        return list;
      }
      return AWKWARD.get(next(AWKWARD.size()));
    }
  }
}
