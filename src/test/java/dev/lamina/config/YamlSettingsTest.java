package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlSettingsTest {

  @Test
  void keepsScalarsAsText() {
    Settings s = read("a: .5\nb: 1_000\nc: no\nd: 0x1F\ne: 1e-3\nf: 'x: y'\ng: null\nh: 08\n");
    assertEquals(
        List.of(".5", "1_000", "no", "0x1F", "1e-3", "x: y", "null", "08"),
        s.values().values().stream().map(Settings.Value::content).toList());
    assertEquals(1000, s.integer("b", 1));
    assertEquals(0.001, s.positive("e", 1));
  }

  @Test
  void expandsAliases() {
    Settings s = read("a: &x {k: 5}\nb: [*x, *x]\n");
    assertEquals(2, s.children("b").size());
    assertEquals(5, s.children("b").get(1).integer("k", 0));
  }

  @Test
  void namesTheNearestKeyWithLineAndColumn() {
    Settings s = read("train:\n    epochs: 3\n    epoks: 3\n");
    Settings train = s.child("train");
    train.integer("epochs", 1);
    assertMessage(
        "run.yaml:3:5: unknown key 'epoks' in 'train'; did you mean 'epochs'?", train::finish);
  }

  @Test
  void namesThePlaceOfAWrongType() {
    Settings s = read("train:\n  epochs: three\n  rates: [1, 2]\n");
    Settings train = s.child("train");
    assertMessage(
        "run.yaml:2:3: 'train.epochs' must be a whole number but is 'three'",
        () -> train.integer("epochs", 1));
    assertMessage(
        "run.yaml:3:3: 'train.rates' must be a single value", () -> train.positive("rates", 1));
    assertMessage("run.yaml:1:1: 'train' must be a single value", () -> s.text("train"));
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertMessage(
        "run.yaml:3:3: 'a.b' is given twice; first at run.yaml:2:3",
        () -> read("a:\n  b: 1\n  b: 2\n"));
  }

  @Test
  void reprintsSyntaxErrorsInOurForm() {
    assertMessage(
        "run.yaml:2:1: not valid YAML: expected ',' or ']', but got <stream end>",
        () -> read("a: [1, 2\n"));
    assertMessage(
        "run.yaml:1:5: not valid YAML: mapping values are not allowed here",
        () -> read("a: b: c\n"));
    assertMessage(
        "run.yaml:2:1: not valid YAML: found character '\\t(TAB)' that cannot start any token."
            + " (Do not use \\t(TAB) for indentation)",
        () -> read("a:\n\tb: c\n"));
  }

  @Test
  void refusesWhatIsNoGroup() {
    assertMessage("run.yaml: the document is empty", () -> read("# nothing\n"));
    assertMessage(
        "run.yaml:1:1: must be a group of settings, 'key: value'", () -> read("- a\n- b\n"));
    assertMessage(
        "run.yaml:2:3: 'a.b' has no value; write one, or leave the key out",
        () -> read("a:\n  b:\nc: 1\n"));
    assertMessage("run.yaml:1:1: a key must be a single word", () -> read("[a, b]: 1\n"));
  }

  @Test
  void refusesBombs() {
    assertMessage("run.yaml:1:1: an anchor that contains itself", () -> read("a: &x [*x]\n"));
    assertMessage(
        "run.yaml:1:67: nested more than 64 levels deep", () -> read("a: " + "[".repeat(50_000)));
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      laughs.append("a%d: &a%d [".formatted(i, i));
      laughs.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }
    assertMessage(
        "run.yaml:1:37: more than 100000 values; too many aliases?", () -> read(laughs.toString()));
  }

  @Test
  void namesAFileThatCannotBeRead(@TempDir Path folder) throws IOException {
    Path missing = folder.resolve("x.yaml");
    assertMessage("there is no file '" + missing + "'", () -> YamlSettings.read(missing));
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, 0});
    assertMessage(binary + ": not text in UTF-8", () -> YamlSettings.read(binary));
    assertMessage(folder + ": cannot be read (Is a directory)", () -> YamlSettings.read(folder));
  }

  private static Settings read(String text) {
    return YamlSettings.read(text, "run.yaml");
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(LaminaException.class, action::run).getMessage());
  }
}
