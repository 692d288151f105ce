package dev.lamina.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file holds, a safetensors reader gives tensors or one message.
class SafetensorsFuzz {
  @TempDir private static Path folder;

  @FuzzTest(maxDuration = "10m")
  void readsOrRefuses(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("a.safetensors"), content);
    try {
      Safetensors open = Safetensors.open(file);
      open.names().forEach(open::read);
    } catch (LaminaException e) {
      Messages.check(e, "a.safetensors");
    }
  }
}
