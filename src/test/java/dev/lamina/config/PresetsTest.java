package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PresetsTest {
  private static final Path FOLDER = Path.of("src/main/resources/dev/lamina/config/presets");

  @Test
  void indexNamesEveryFile() throws IOException {
    List<String> index = Files.readAllLines(FOLDER.resolve("index.txt"));
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> names =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".yaml"))
              .map(f -> f.replace(".yaml", ""))
              .sorted()
              .toList();
      assertEquals(names, index.stream().sorted().toList());
    }
  }

  @Test
  void everyPresetOfTheFirstReleaseIsThere() {
    List<String> wanted =
        List.of(
            "mnist-softhebb",
            "mnist-softhebb-mlp",
            "mnist-softhebb-mlp-published",
            "mnist-softhebb-3",
            "fashion-softhebb-3",
            "cifar10-softhebb-1",
            "cifar10-softhebb-2",
            "cifar10-softhebb-3",
            "cifar10-softhebb-2-wf1",
            "cifar10-softhebb-2-wf2",
            "cifar10-softhebb-3-wf1",
            "cifar10-softhebb-3-wf2",
            "cifar10-softhebb-demo",
            "cifar10-hard-1",
            "cifar10-hard-2",
            "cifar10-hard-3",
            "cifar10-random-1",
            "cifar10-random-2",
            "cifar10-random-3",
            "mnist-radius/r0.5",
            "mnist-radius/r2",
            "mnist-radius/r10",
            "mnist-radius/r35");
    wanted.forEach(Presets.shipped()::find);
  }

  @Test
  void everyPresetSaysWhatItIsAndWhatIsPublished() {
    for (Preset preset : Presets.shipped().all()) {
      Experiment e = Experiment.of(preset.name(), preset.document());
      assertFalse(e.description().isBlank(), preset.name());
      assertFalse(e.published().source().isBlank(), preset.name());
    }
  }

  @Test
  void rowsDoNotInheritWhatIsSaidOfTheBase() {
    Preset row = Presets.shipped().find("cifar10-softhebb-3-wf2");
    Experiment e = Experiment.of(row.name(), row.document());
    assertEquals(73.87, e.published().value().orElse(0));
    assertTrue(e.band().isEmpty());
  }

  @Test
  void rowsGoByTwoNames() {
    Presets presets = Presets.shipped();
    assertEquals(presets.find("cifar10-softhebb-1"), presets.find("cifar10-softhebb/1"));
    assertEquals("cifar10-softhebb/1", presets.find("cifar10-softhebb-1").qualifiedName());
    assertEquals("mnist-softhebb", presets.find("mnist-softhebb").qualifiedName());
  }

  @Test
  void namesTheNearestPreset() {
    assertMessage(
        "there is no preset 'cifar10-softheb-1'; did you mean 'cifar10-softhebb-1'?;"
            + " 'lamina presets' lists them, and a file's name ends in .yaml",
        () -> Presets.shipped().find("cifar10-softheb-1"));
  }

  @Test
  void aRowIsChangedByGroupsInTheirOrderAndBelongsToTheFamilyThatTheFileNames() {
    Settings file =
        YamlSettings.read(
            "family: kin\nbase: {seed: 0}\nrows:\n"
                + "  - name: a\n    set: [{seed: 1, data.name: mnist}, {seed: 2}]\n",
            "file.yaml");
    Presets presets = Presets.shipped();
    presets.add("file", file);
    Preset row = presets.find("kin/a");
    assertEquals("kin/a", row.qualifiedName());
    assertEquals(2, row.document().integer("seed", 0));
    assertEquals("mnist", row.document().child("data").text("name"));
  }

  @Test
  void namesThePlaceOfAMistakeInAFamily() {
    Settings family =
        YamlSettings.read(
            "base: {seed: 0}\nrows:\n  - name: a\n    sets: {seed: 1}\n", "family.yaml");
    assertMessage(
        "family.yaml:4:5: 'rows[0].sets' is no key here; did you mean 'set'?",
        () -> Presets.shipped().add("family", family));
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(LaminaException.class, action::run).getMessage());
  }
}
