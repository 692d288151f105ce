package dev.lamina;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lamina.testkit.SmallDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A training that fills the disk ends with one message, and goes on when there is space again.
class FullDiskIT {
  private static final int SAMPLES = 60;
  private static final int USER_ERROR = 2;
  private static final String CHECKPOINTS = "--checkpoint-steps=100";

  /// Its metrics grow to some 200 kB.
  private static final String DOCUMENT =
      """
      data: {name: mnist}
      network:
        blocks:
          - name: b1
            layers:
              - convolution: {outputs: 8, kernel: 5, stride: 3}
              - triangle
            rule: {soft-hebb: {competition: soft-anti, rate: 0.08}}
          - name: head
            layers: [flatten, dense]
            rule: backprop
      training: successive
      unsupervised: {epochs: 1, batch: 10}
      supervised: {epochs: 800, batch: 10, optimizer: adam}
      """;

  @TempDir private static Path temp;
  private static Path document;
  private static String data;
  private static List<Map<String, Object>> expected;

  @BeforeAll
  static void trainWithSpace() throws Exception {
    document = Files.writeString(temp.resolve("long.yaml"), DOCUMENT);
    data = SmallDigits.write(temp.resolve("data"), SAMPLES).toString();
    ImageRun whole = ImageRun.begin(temp.resolve("whole"), document, "", "--data", data);
    assertEquals(0, whole.end(), whole.said());
    expected = whole.outcome();
  }

  @Test
  void aFullDiskEndsInOneMessageAndLosesNothing() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    String mounted = disk.toString();
    assumeTrue(call("mount", "-t", "tmpfs", "-o", "size=256k", "lamina-test", mounted) == 0);
    try {
      Path directory = disk.resolve("run");
      ImageRun run = ImageRun.begin(directory, document, "", "--data", data, CHECKPOINTS);
      assertThatItEndedFor("No space left on device", run);
      call("mount", "-o", "remount,size=8m", mounted);
      assertThatItGoesOn(directory);
    } finally {
      call("umount", mounted);
    }
  }

  @Test
  void aLimitOnFilesEndsInOneMessageAndLosesNothing() throws Exception {
    Path directory = temp.resolve("run");
    ImageRun run = ImageRun.beginWithSmallFiles(directory, document, "--data", data, CHECKPOINTS);
    assertThatItEndedFor("File too large", run);
    assertThatItGoesOn(directory);
  }

  private static void assertThatItEndedFor(String reason, ImageRun run) throws Exception {
    assertEquals(USER_ERROR, run.end(), run.said());
    String said = run.said();
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.startsWith("lamina: ") && said.contains(reason), said);
    assertTrue(run.hasCheckpoint(), "there is no checkpoint");
  }

  private static void assertThatItGoesOn(Path directory) throws Exception {
    ImageRun resumed = ImageRun.resume(directory, "--data", data, CHECKPOINTS);
    assertEquals(0, resumed.end(), resumed.said());
    assertTrue(resumed.log().contains("resumed at step"), resumed.log());
    assertEquals(expected, resumed.outcome());
  }

  private static int call(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command)).start().waitFor();
  }
}
