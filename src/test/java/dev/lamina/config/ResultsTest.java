package dev.lamina.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The records of the repository and the page made of them.
final class ResultsTest {
  private static final Map<String, Object> RESULT =
      Map.of("preset", "mnist-softhebb", "test_accuracy", 98.6, "band", List.of(98.5, 100.0));

  private static ResultRecord record(Map<String, Object> result) {
    return ResultRecord.of(
        "row", result, Map.of("commit", "abc"), "seed: 0\n", new ResultRecord.Replayed(7, "ff"));
  }

  @Test
  void thePageOfTheRepositoryIsUpToDate() throws IOException {
    assertEquals(
        Results.read(Path.of("results")).page(),
        Files.readString(Path.of("docs/results.md")),
        "run './lamina results' and commit docs/results.md");
  }

  @Test
  void theTableOfTheReadmeIsUpToDate() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    assertTrue(readme.contains("<!-- results -->"));
    assertEquals(
        Results.read(Path.of("results")).inserted(readme),
        readme,
        "run './lamina results' and commit README.md");
  }

  @Test
  void everyRecordOfTheRepositoryBelongsToItsConfiguration() {
    Path folder = Path.of("results");
    for (ResultRecord record : Results.read(folder).records()) {
      assertEquals(record.text("preset"), record.experiment(folder).name());
    }
  }

  @Test
  void aRecordComesBackAsItWasWritten(@TempDir Path folder) {
    ResultRecord record = record(RESULT);
    record.write(folder, "seed: 0\n");
    ResultRecord read = Results.read(folder).records().getFirst();
    assertEquals("row", read.name());
    assertEquals(Optional.of(98.6), read.number("test_accuracy"));
    assertEquals("7", read.text("replay_steps"));
    assertEquals(Optional.of(true), read.inBand());
  }

  @Test
  void anAccuracyOutsideItsBandIsShownAsAMiss() {
    ResultRecord low =
        record(Map.of("preset", "p", "test_accuracy", 98.4, "band", List.of(98.5, 100.0)));
    assertEquals(Optional.of(false), low.inBand());
    assertTrue(new Results(List.of(low)).table().contains("**no**"));
  }

  @Test
  void aConfigurationThatWasChangedAfterTheRunIsRefused(@TempDir Path folder) throws IOException {
    ResultRecord record = record(RESULT);
    record.write(folder, "seed: 0\n");
    Files.writeString(folder.resolve("row.yaml"), "seed: 1\n");
    LaminaException e = assertThrows(LaminaException.class, () -> record.experiment(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("was changed after the run"));
  }
}
