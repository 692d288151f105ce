package dev.lamina.golden;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Shows that the code of golden tests carries no constant of the bundled cases.
///
/// With `-Dlamina.golden.record=DIR` it leaves a folder that `-Dlamina.golden=DIR` can read.
class GoldenRecorderTest {
  private static final long SEED = Long.getLong("lamina.seed", 2);

  private static List<GoldenFile> recorded() {
    return GoldenCases.files("op_*").stream()
        .map(GoldenFile::read)
        .map(old -> OperationVariations.of(old, SEED))
        .map(file -> GoldenRecorder.record(file, OperationCases::compute, SEED))
        .toList();
  }

  @Test
  void everyTierComputesCasesOfOtherShapesAndParameters(@TempDir Path folder) {
    List<GoldenFile> files = recorded();
    files.forEach(file -> file.write(folder));
    Stream<Executable> checks =
        Stream.of(Tier.REFERENCE, Tier.VECTOR)
            .flatMap(tier -> files.stream().map(file -> () -> verify(folder, file.name(), tier)));
    assertAll("cases recorded with -Dlamina.seed=" + SEED, checks);
  }

  private static void verify(Path folder, String name, Tier tier) {
    GoldenFile file = GoldenFile.read(folder.resolve(name + GoldenFile.ENDING));
    GoldenCases.verify(file, tier, OperationCases::compute);
  }

  @Test
  void aRecordedCaseHasOtherInputsAndTheSameOutputNames() {
    for (Path path : GoldenCases.files("op_conv_*")) {
      GoldenFile old = GoldenFile.read(path);
      GoldenFile varied = OperationVariations.of(old, SEED);
      GoldenFile file = GoldenRecorder.record(varied, OperationCases::compute, SEED);
      assertEquals(
          old.outputs().stream().sorted().toList(), file.outputs().stream().sorted().toList());
      assertNotEquals(old.tensors().get("in.x").shape(), file.tensors().get("in.x").shape());
    }
  }

  /// The bundled cases need at most 0.031 (a variance of numbers far from zero).
  @Test
  void tolerancesAreNoExcuse() {
    for (GoldenFile file : recorded()) {
      for (String name : file.tolerances().names()) {
        double tolerance = file.tolerances().number(name);
        assertTrue(tolerance < 0.1, () -> file.name() + " " + name + ": " + tolerance);
      }
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "lamina.golden.record", matches = ".+")
  void leavesTheFolderWhenAsked() throws IOException {
    Path folder = Files.createDirectories(Path.of(System.getProperty("lamina.golden.record")));
    recorded().forEach(file -> file.write(folder));
  }
}
