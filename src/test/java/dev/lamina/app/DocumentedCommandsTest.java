package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.config.Presets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every command that README and docs print is one that the program understands.
class DocumentedCommandsTest {
  private static final int LEAST = 15;

  @Test
  void everyPrintedCommandCanBeParsedAndNamesAPreset() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      for (String line : Files.readAllLines(page)) {
        String command = line.replaceFirst("^source <\\((.*)\\)", "$1").strip();
        if (command.startsWith("./lamina ") || command.startsWith("lamina ")) {
          commands.add(command);
        }
      }
    }
    assertTrue(commands.size() >= LEAST, commands.toString());
    commands.forEach(DocumentedCommandsTest::check);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  private static void check(String command) {
    String plain = command.replaceFirst("[#>].*", "").strip();
    List<String> words = new ArrayList<>(List.of(plain.split("\\s+")));
    words.removeFirst();
    assertDoesNotThrow(() -> Main.commandLine().parseArgs(words.toArray(String[]::new)), command);
    boolean names = words.size() > 1 && List.of("train", "show", "presets").contains(words.get(0));
    if (names && words.get(1).matches("[a-z0-9][a-z0-9-]+")) {
      assertDoesNotThrow(() -> Presets.shipped().find(words.get(1)), command);
    }
  }
}
