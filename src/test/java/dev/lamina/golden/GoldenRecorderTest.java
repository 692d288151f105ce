package dev.lamina.golden;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/// Shows that the code of golden tests carries no constant of the bundled cases.
///
/// With `-Dlamina.golden.record=DIR` it leaves a folder that `-Dlamina.golden=DIR` can read.
class GoldenRecorderTest {
  private static final long SEED = Long.getLong("lamina.seed", 2);

  /// The cases of a specification: how they are varied and computed.
  ///
  /// @param pattern names of files
  private record Family(
      String pattern, Map<String, Consumer<Variation>> byName, Consumer<GoldenCase> body) {
    GoldenFile record(GoldenFile old) {
      return GoldenRecorder.record(Variation.of(old, SEED, byName), body, SEED);
    }
  }

  private static final List<Family> FAMILIES =
      Stream.concat(
              Stream.of(
                  new Family("op_*", OperationVariations.BY_NAME, OperationCases::compute),
                  new Family("sh_*", SoftHebbVariations.BY_NAME, SoftHebbCases::compute),
                  new Family("ph_cifar_transform", DataVariations.BY_NAME, DataCases::transform),
                  new Family("hb_init_seeded", DataVariations.BY_NAME, DataCases::seeded),
                  new Family(
                      LayersGoldenTest.PATTERN, LayerVariations.BY_NAME, LayerCases::compute),
                  new Family(PhsicGoldenTest.PATTERN, PhsicVariations.BY_NAME, PhsicCases::compute),
                  new Family(HsicGoldenTest.PATTERN, HsicVariations.BY_NAME, HsicCases::compute),
                  new Family(
                      TransportGoldenTest.PATTERN,
                      TransportVariations.BY_NAME,
                      TransportCases::compute)),
              DependenceGoldenTest.PATTERNS.stream()
                  .map(p -> new Family(p, DependenceVariations.BY_NAME, DependenceCases::compute)))
          .toList();

  private static final Map<GoldenFile, Family> RECORDED = new LinkedHashMap<>();

  @BeforeAll
  static void recordAll() {
    for (Family family : FAMILIES) {
      for (Path path : GoldenCases.files(family.pattern)) {
        RECORDED.put(family.record(GoldenFile.read(path)), family);
      }
    }
  }

  @Test
  void everyTierComputesCasesOfOtherShapesAndParameters(@TempDir Path unasked) throws IOException {
    String asked = System.getProperty("lamina.golden.record");
    Path folder = asked == null ? unasked : Files.createDirectories(Path.of(asked));
    RECORDED.keySet().forEach(file -> file.write(folder));
    Stream<Executable> checks =
        Stream.of(Tier.REFERENCE, Tier.VECTOR)
            .flatMap(tier -> RECORDED.keySet().stream().map(f -> () -> verify(folder, f, tier)));
    assertAll("cases recorded with -Dlamina.seed=" + SEED, checks);
  }

  private static void verify(Path folder, GoldenFile recorded, Tier tier) {
    GoldenFile file = GoldenFile.read(folder.resolve(recorded.name() + GoldenFile.ENDING));
    GoldenCases.verify(file, tier, RECORDED.get(recorded).body);
  }

  @Test
  void aRecordedCaseHasOtherInputsAndTheSameOutputNames() {
    Map<String, GoldenFile> files =
        RECORDED.keySet().stream().collect(Collectors.toMap(GoldenFile::name, f -> f));
    for (String pattern : List.of("op_conv_*", "sh_conv_*", "sh_net_*")) {
      for (Path path : GoldenCases.files(pattern)) {
        GoldenFile old = GoldenFile.read(path);
        GoldenFile file = files.get(old.name());
        assertEquals(
            old.outputs().stream().sorted().toList(), file.outputs().stream().sorted().toList());
        assertNotEquals(old.tensors().get("in.x").shape(), file.tensors().get("in.x").shape());
      }
    }
  }

  /// The bundled cases need at most 0.031 (a variance of numbers far from zero).
  @Test
  void tolerancesAreNoExcuse() {
    for (GoldenFile file : RECORDED.keySet()) {
      for (String name : file.tolerances().names()) {
        double tolerance = file.tolerances().number(name);
        assertTrue(tolerance < 0.1, () -> file.name() + " " + name + ": " + tolerance);
      }
    }
  }
}
