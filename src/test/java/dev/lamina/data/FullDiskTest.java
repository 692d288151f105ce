package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Writes in a process of its own that may not make files above 64 kB, as on a full disk.
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  private static final int ELEMENTS = 1 << 18;

  @TempDir private Path folder;

  @Test
  void aFeatureCacheEndsInOneMessage() throws Exception {
    assertEquals("", says("features", "a.features"));
    assertEquals(List.of(), left());
  }

  @Test
  void anOldCheckpointStaysWhole() throws Exception {
    Path file = folder.resolve("a.safetensors");
    Safetensors.write(file, Map.of("old", Tensor.of(new float[] {1})), Map.of());
    assertEquals("", says("safetensors", "a.safetensors"));
    assertEquals(List.of(file), left());
    assertArrayEquals(new float[] {1}, Safetensors.open(file).read("old").floats());
  }

  @Test
  void exportedFeaturesEndInOneMessage() throws Exception {
    assertEquals("", says("npy", "a.npy"));
    assertEquals(List.of(), left());
  }

  private List<Path> left() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /// Runs `main` and gives back what it said beyond the one message.
  private String says(String what, String file) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String command =
        "ulimit -f 64; exec '%s' -XX:-UsePerfData -XX:TieredStopAtLevel=1 -cp '%s' '%s' %s '%s'"
            .formatted(java, classPath(), FullDiskTest.class.getName(), what, folder);
    Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), output);
    assertTrue(output.contains(folder.resolve(file) + ": cannot be written"), output);
    assertTrue(output.contains("free space"), output);
    return String.join("\n", output.lines().skip(1).toList());
  }

  private static String classPath() throws Exception {
    StringBuilder path = new StringBuilder();
    for (Class<?> type :
        List.of(
            FullDiskTest.class, Dataset.class, Test.class, tools.jackson.core.JsonParser.class)) {
      path.append(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()))
          .append(':');
    }
    return path.append("target/test-classes").toString();
  }

  /// Writes a megabyte of the kind named first into the folder named second.
  public static void main(String[] args) {
    Tensor x = Tensor.zeros(DType.F32, 1, ELEMENTS);
    Path folder = Path.of(args[1]);
    try {
      switch (args[0]) {
        case "features" -> {
          try (FeatureWriter out =
              FeatureStore.onDisk(folder, "a", DType.F32, Shape.of(ELEMENTS))) {
            out.append(x, 1);
            out.finish();
          }
        }
        case "npy" -> Npy.write(folder.resolve("a.npy"), x);
        default -> Safetensors.write(folder.resolve("a.safetensors"), Map.of("x", x), Map.of());
      }
    } catch (LaminaException e) {
      System.out.println(e.getMessage());
      System.exit(2);
    }
  }
}
