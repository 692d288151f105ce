package dev.lamina;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the arrows between the packages, the doors to foreign libraries and the size of files.
///
/// A rule about a package that does not exist yet passes; it begins to hold with its first class.
class ArchitectureTest {

  private static final Path MAIN = Path.of("src/main/java");
  private static final Path TEST = Path.of("src/test/java");
  private static final int LONGEST_FILE = 400;

  /// From the bottom to the top. A package sees what stands on the lines above its own, and never a
  /// neighbour on its line. `lamina` is the root package with the facade.
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("tensor"),
          List.of("kernel"),
          List.of("linalg", "layer"),
          List.of("loss", "measure", "optim", "data"),
          List.of("network"),
          List.of("rule", "model"),
          List.of("train"),
          List.of("lamina"),
          List.of("analyze", "wire"),
          List.of("config"),
          List.of("app"));

  private static final String[] TIERS =
      Stream.of("reference", "vector", "onednn", "cuda")
          .map(tier -> "dev.lamina.kernel." + tier + "..")
          .toArray(String[]::new);

  private static JavaClasses classes;

  @BeforeAll
  static void readTheClasses() {
    classes = new ClassFileImporter().importPath(Path.of("target/classes"));
    assertFalse(classes.isEmpty(), "no class under target/classes: was the project compiled?");
  }

  @Test
  void arrowsBetweenPackagesPointDown() {
    LayeredArchitecture house =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    List<String> below = new ArrayList<>();
    for (List<String> floor : FLOORS) {
      for (String room : floor) {
        house = house.layer(room).definedBy(packagesOf(room));
        house =
            below.isEmpty()
                ? house.whereLayer(room).mayNotAccessAnyLayer()
                : house.whereLayer(room).mayOnlyAccessLayers(below.toArray(String[]::new));
      }
      below.addAll(floor);
    }
    house.check(classes);
  }

  @Test
  void everyPackageHasItsFloor() {
    List<String> known = FLOORS.stream().flatMap(List::stream).toList();
    List<String> lost =
        classes.stream()
            .map(c -> c.getPackageName())
            .filter(p -> p.startsWith("dev.lamina."))
            .map(p -> p.split("\\.")[2])
            .distinct()
            .filter(room -> !known.contains(room))
            .toList();
    assertEquals(List.of(), lost, "packages without a place in FLOORS");
  }

  @Test
  void rulesOfDifferentFamiliesDoNotNeedEachOtherInCircles() {
    slices()
        .matching("dev.lamina.rule.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void onlyTheVectorTierTouchesTheIncubator() {
    onlyIn("dev.lamina.kernel.vector..", "jdk.incubator.vector..").check(classes);
  }

  @Test
  void onlyLinalgKnowsEjml() {
    onlyIn("dev.lamina.linalg..", "org.ejml..").check(classes);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    onlyIn("dev.lamina.app..", "picocli..").check(classes);
  }

  @Test
  void onlyTheConfigurationKnowsYaml() {
    onlyIn("dev.lamina.config..", "org.snakeyaml..").check(classes);
  }

  @Test
  void nobodyOutsideKernelNamesATier() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.lamina.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TIERS)
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void randomNumbersComeFromOurOwnGenerator() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(Random|SplittableRandom|random\\..*)")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .because("a run is a function of its seed")
        .check(classes);
  }

  @Test
  void scalarFunctionsAreStrict() {
    String functions =
        "exp|log|log10|log1p|expm1|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot";
    noClasses()
        .should()
        .callMethodWhere(
            target(owner(HasName.Predicates.name("java.lang.Math")))
                .and(target(nameMatching(functions))))
        .because("Math gives other bits on other CPUs: StrictMath, or a kernel")
        .check(classes);
  }

  @Test
  void everyPackageSaysWhatLivesThere() throws IOException {
    List<String> silent = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(MAIN)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        if (holdsSources(folder) && !describes(folder.resolve("package-info.java"))) {
          silent.add(folder.toString());
        }
      }
    }
    assertEquals(List.of(), silent, "package-info.java with /// text and @NullMarked is missing");
  }

  @Test
  void noFileIsTooLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path root : List.of(MAIN, TEST)) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          long lines = lines(file);
          if (lines > LONGEST_FILE && !isGenerated(file)) {
            tooLong.add(file + ": " + lines);
          }
        }
      }
    }
    assertEquals(List.of(), tooLong, "longer than " + LONGEST_FILE + " lines");
  }

  private static String packagesOf(String room) {
    return room.equals("lamina") ? "dev.lamina" : "dev.lamina." + room + "..";
  }

  private static ArchRule onlyIn(String home, String library) {
    return noClasses()
        .that(resideInAPackage("dev.lamina..").and(resideInAPackage(home).negate()))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true);
  }

  private static boolean holdsSources(Path folder) throws IOException {
    boolean isModuleRoot = folder.equals(MAIN);
    try (Stream<Path> files = Files.list(folder)) {
      return !isModuleRoot && files.anyMatch(f -> f.toString().endsWith(".java"));
    }
  }

  private static boolean describes(Path packageInfo) throws IOException {
    if (!Files.exists(packageInfo)) {
      return false;
    }
    String text = Files.readString(packageInfo);
    return text.contains("///") && (text.contains("@NullMarked") || isGenerated(packageInfo));
  }

  private static boolean isGenerated(Path file) {
    return file.toString().contains("bindings");
  }

  private static long lines(Path file) {
    try (Stream<String> text = Files.lines(file)) {
      return text.count();
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
