package dev.lamina.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// The golden cases of a folder: the bundled one, or that of `-Dlamina.golden=DIR`.
public final class GoldenCases {
  private static final Path FOLDER =
      Path.of(System.getProperty("lamina.golden", "src/test/resources/golden"));

  private GoldenCases() {}

  /// One test for each case whose name matches, for example `op_conv_*`; at least one must.
  ///
  /// @param body computes the case and checks its outputs; that all were checked is checked here
  public static Stream<DynamicTest> tests(String pattern, Tier tier, Consumer<GoldenCase> body) {
    return files(pattern).stream().map(file -> test(file, tier, body));
  }

  private static DynamicTest test(Path file, Tier tier, Consumer<GoldenCase> body) {
    String name = file.getFileName().toString().replace(GoldenFile.ENDING, "");
    return DynamicTest.dynamicTest(
        name + " on " + tier.kernels().name(),
        file.toUri(),
        () -> verify(GoldenFile.read(file), tier, body));
  }

  /// Computes one case and compares its outputs.
  static void verify(GoldenFile file, Tier tier, Consumer<GoldenCase> body) {
    Verdict verdict = new Verdict(file, tier);
    body.accept(new GoldenCase(file, tier, verdict));
    verdict.announce();
  }

  /// The files whose names match, in alphabetical order.
  static List<Path> files(String pattern) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(FOLDER, pattern + GoldenFile.ENDING)) {
      found.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(FOLDER.toString(), e);
    }
    if (files.isEmpty()) {
      throw new IllegalStateException("no golden case " + pattern + " in " + FOLDER);
    }
    files.sort(null);
    return files;
  }
}
