package dev.lamina;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Looks at the built image and the jar from outside.
class ImageIT {

  private static final long MEGABYTE = 1_000_000;
  private static final Path IMAGE = Path.of(System.getProperty("lamina.image"));
  private static final Path DATA = IMAGE.resolve("lib/lamina/data");

  @Test
  void staysBelowNinetyMegabytesWithItsClassArchiveAndSeventyFiveWithout() throws IOException {
    Predicate<Path> program = f -> !f.startsWith(DATA);
    long whole = size(IMAGE, program);
    long withoutArchive = size(IMAGE, program.and(f -> !f.toString().endsWith(".jsa")));
    assertTrue(withoutArchive < whole, "the image has no class data archive");
    assertTrue(whole < 90 * MEGABYTE, "image without data: " + whole + " bytes");
    assertTrue(withoutArchive < 75 * MEGABYTE, "without archive: " + withoutArchive + " bytes");
  }

  @Test
  void theJarAndItsDependenciesStayBelowSixMegabytes() throws IOException {
    long jar = Files.size(Path.of(System.getProperty("lamina.jar")));
    long dependencies = size(Path.of(System.getProperty("lamina.dependencies")), f -> true);
    assertTrue(jar + dependencies < 6 * MEGABYTE, jar + " + " + dependencies + " bytes");
  }

  @Test
  void carriesTheWholeMnist() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("data/mnist"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".gz")).toList()) {
        Path carried = DATA.resolve("mnist").resolve(file.getFileName());
        assertArrayEquals(
            Files.readAllBytes(file), Files.readAllBytes(carried), carried.toString());
      }
    }
  }

  @Test
  void runsWhereverItIsCopiedAndThroughALink(@TempDir Path folder) throws Exception {
    Path copy = folder.resolve("a folder");
    copy(IMAGE, copy);
    Path link = Files.createSymbolicLink(folder.resolve("lamina"), copy.resolve("bin/lamina"));
    assertVersionIsPrinted(Run.of(folder, List.of(copy + "/bin/lamina", "--version")));
    assertVersionIsPrinted(Run.of(folder, List.of(link.toString(), "--version")));
  }

  private static void assertVersionIsPrinted(Run run) {
    assertEquals(0, run.code(), run.toString());
    assertTrue(run.out().startsWith("lamina "), run.toString());
  }

  private static long size(Path folder, Predicate<Path> counted) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(counted).mapToLong(ImageIT::size).sum();
    }
  }

  private static long size(Path file) {
    return file.toFile().length();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
