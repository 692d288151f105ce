package dev.lamina.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lamina.tensor.LaminaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file holds, the CIFAR readers give samples or one message.
class CifarFuzz {
  private static final List<DataFile> WANTED =
      List.of(
          new DataFile("train.bin", 3074, "", List.of()),
          new DataFile("test.bin", 3074, "", List.of()));
  private static final String REMEDY = "replace it";

  @TempDir private static Path folder;

  @FuzzTest(maxDuration = "10m")
  void unpacksOrRefusesTar(byte[] content) {
    BinaryFile archive =
        BinaryFile.of(new ByteArrayInputStream(content), "archive.tar", REMEDY, content.length);
    try {
      Cifar.CIFAR_100.unpack(archive, WANTED, REMEDY);
    } catch (LaminaException e) {
      Messages.check(e, "archive.tar");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void unpacksOrRefusesTarGz(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("archive.tar.gz"), content);
    try (BinaryFile archive = BinaryFile.open(file, REMEDY)) {
      Cifar.CIFAR_100.unpack(archive, WANTED, REMEDY);
    } catch (LaminaException e) {
      Messages.check(e, "archive.tar.gz");
    }
  }

  @FuzzTest(maxDuration = "10m")
  void readsOrRefusesRecords(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("train.bin"), content);
    try {
      Cifar.CIFAR_10.read(List.of(file));
    } catch (LaminaException e) {
      Messages.check(e, "train.bin");
    }
  }
}
