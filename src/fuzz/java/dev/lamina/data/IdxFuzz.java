package dev.lamina.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;

/// Whatever two files hold, an IDX reader gives a data set or one message.
class IdxFuzz {
  @TempDir private static Path folder;

  @FuzzTest(maxDuration = "10m")
  void readsOrRefusesPlainFiles(byte[] content) throws IOException {
    check(content, "");
  }

  @FuzzTest(maxDuration = "10m")
  void readsOrRefusesGzipFiles(byte[] content) throws IOException {
    check(content, ".gz");
  }

  /// The first byte says where the labels end and the images begin.
  private static void check(byte[] content, String ending) throws IOException {
    int cut = content.length == 0 ? 0 : Math.min(content[0] & 0xFF, content.length - 1) + 1;
    Path labels = folder.resolve("labels-file" + ending);
    Path images = folder.resolve("images-file" + ending);
    Files.write(labels, Arrays.copyOfRange(content, Math.min(1, cut), cut));
    Files.write(images, Arrays.copyOfRange(content, cut, content.length));
    try {
      Idx.read(images, labels);
    } catch (LaminaException e) {
      Messages.check(e, "-file");
    }
  }
}
