package dev.lamina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Small programs that depend on the published jar, compiled and run as a user would.
class ConsumerIT {

  private static final String MAIN =
      """
      package consumer;

      import dev.lamina.kernel.Kernels;
      import dev.lamina.kernel.tier.Tier;
      import dev.lamina.tensor.Tensor;

      public class Main {
        public static void main(String[] arguments) {
          Kernels kernels = Tier.choose();
          Tensor row = Tensor.of(new float[] {1, 2}, 1, 2);
          Tensor column = Tensor.of(new float[] {3, 4}, 2, 1);
          float[] product = new float[1];
          kernels.gemm(Tensor.of(product, 1, 1), row, false, column, false, 0);
          System.out.println(kernels.name() + " " + product[0]);
        }
      }
      """;
  private static final String MODULE = "module consumer { requires dev.lamina; }\n";
  private static final String FLAG = "--add-modules";
  private static final String INCUBATOR = "jdk.incubator.vector";

  @TempDir private Path folder;
  private Path classes;
  private Path main;
  private Path module;

  @BeforeEach
  void writeTheProgram() throws IOException {
    classes = folder.resolve("classes");
    main = folder.resolve("Main.java");
    module = folder.resolve("module-info.java");
    Files.writeString(main, MAIN);
    Files.writeString(module, MODULE);
  }

  @Test
  void aNamedModuleComputesOnTheVectorTierWithoutAnyFlag() throws Exception {
    succeed(tool("javac"), "-p", library(), "-d", classes, main, module);
    Run run = succeed(tool("java"), "-p", library() + classes, "-m", "consumer/consumer.Main");
    assertEquals("vector 11.0\n", run.out());
    assertEquals("", run.err());
  }

  @Test
  void theClassPathWithoutTheFlagGivesReferenceKernelsAndOneLineThatNamesTheFlag()
      throws Exception {
    succeed(tool("javac"), "-cp", library(), "-d", classes, main);
    Run run = succeed(tool("java"), "-cp", library() + classes, "consumer.Main");
    assertEquals("reference 11.0\n", run.out());
    assertEquals(1, run.err().lines().count(), run.toString());
    assertTrue(run.err().contains(FLAG + " " + INCUBATOR), run.toString());
  }

  @Test
  void theClassPathWithTheFlagComputesOnTheVectorTier() throws Exception {
    succeed(tool("javac"), "-cp", library(), "-d", classes, main);
    Run run = succeed(tool("java"), FLAG, INCUBATOR, "-cp", library() + classes, "consumer.Main");
    assertEquals("vector 11.0\n", run.out());
    assertEquals("", run.err());
  }

  private Run succeed(Object... command) throws IOException, InterruptedException {
    Run run = Run.of(folder, Stream.of(command).map(Object::toString).toList());
    assertEquals(0, run.code(), run.toString());
    return run;
  }

  private static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /// The jar and what it depends on, as a path that ends in a separator.
  private static String library() throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("lamina.dependencies")))) {
      jars = files.sorted().toList();
    }
    return Stream.concat(Stream.of(Path.of(System.getProperty("lamina.jar"))), jars.stream())
        .map(jar -> jar + File.pathSeparator)
        .collect(Collectors.joining());
  }
}
