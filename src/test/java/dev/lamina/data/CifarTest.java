package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  private static final int RECORD = 3073;

  @TempDir private Path folder;

  @Test
  void turnsPlanesIntoPixels() throws IOException {
    Path file = write("a.bin", WrittenFiles.cifar(1, 10, 3, 2));
    Dataset data = Cifar.CIFAR_10.read(List.of(file));
    Tensor x = Tensor.zeros(DType.F32, 2, 32, 32, 3);
    data.batch(0, 2, x);
    for (int i = 0; i < 2 * 1024; i++) {
      float[] pixel = Arrays.copyOfRange(x.floats(), 3 * i, 3 * i + 3);
      assertArrayEquals(new float[] {i / 1024 / 255f, 100 / 255f, 200 / 255f}, pixel);
    }
    assertEquals(4, data.label(1));
  }

  @Test
  void takesTheFineLabelOfCifar100() throws IOException {
    Path file = write("train.bin.gz", WrittenFiles.gzip(WrittenFiles.cifar(2, 100, 98, 2)));
    Dataset data = Cifar.CIFAR_100.read(List.of(file));
    assertEquals(98, data.label(0));
    assertEquals(99, data.label(1));
    assertEquals(100, data.classes().size());
  }

  @Test
  void namesWhatIsWrong() throws IOException {
    byte[] good = WrittenFiles.cifar(1, 10, 0, 2);
    byte[] label = good.clone();
    label[RECORD] = 10;
    wrong("empty.bin", new byte[0], "is empty");
    wrong("cut.bin", Arrays.copyOf(good, good.length - 1), "is truncated", "1 records and 3072");
    wrong("label.bin", label, "label out of range", "10 in record 1", "0 to 9");
    wrong("long.bin", new byte[10_001 * RECORD], "is too long", "10000");
    wrong("not.bin.gz", good, "is not gzip");
    byte[] packed = WrittenFiles.gzip(good);
    wrong("cut.bin.gz", Arrays.copyOf(packed, packed.length - 10), "is truncated");
    wrong("long.bin.gz", Arrays.copyOf(packed, packed.length + 10), "is too long");
    wrong("empty.bin.gz", WrittenFiles.gzip(new byte[0]), "is empty");
  }

  private void wrong(String name, byte[] content, String... parts) throws IOException {
    Path file = write(name, content);
    LaminaException error =
        assertThrows(LaminaException.class, () -> Cifar.CIFAR_10.read(List.of(file)));
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), part + " in: " + error.getMessage());
    }
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }
}
