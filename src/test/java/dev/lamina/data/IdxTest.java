package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final byte[] PIXELS = {0, 51, (byte) 255, 1, 2, 3};
  private static final byte[] IMAGES = WrittenFiles.idxImages(2, 1, 3, PIXELS);
  private static final byte[] LABELS = WrittenFiles.idxLabels(1, 0);

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void writeGoodFiles() throws IOException {
    images = folder.resolve("images");
    labels = folder.resolve("labels");
    Files.write(images, IMAGES);
    Files.write(labels, LABELS);
  }

  @Test
  void readsPlainFiles() {
    check(Idx.read(images, labels));
  }

  @Test
  void readsGzipFiles() throws IOException {
    Path packedImages = folder.resolve("images.gz");
    Path packedLabels = folder.resolve("labels.gz");
    Files.write(packedImages, WrittenFiles.gzip(IMAGES));
    Files.write(packedLabels, WrittenFiles.gzip(LABELS));
    check(Idx.read(packedImages, packedLabels));
  }

  private static void check(Dataset data) {
    assertEquals(Shape.of(1, 3, 1), data.sample());
    Tensor x = Tensor.zeros(DType.F32, 2, 3);
    Tensor y = Tensor.zeros(DType.I32, 2);
    data.batch(0, 2, x, y);
    assertArrayEquals(new float[] {0, 51 / 255f, 1, 1 / 255f, 2 / 255f, 3 / 255f}, x.floats());
    assertArrayEquals(new int[] {1, 0}, y.ints());
  }

  @Test
  void namesWhatIsWrongWithImages() throws IOException {
    byte[] wrongMagic = IMAGES.clone();
    wrongMagic[3] = 1;
    byte[] lyingCount = ByteBuffer.wrap(IMAGES.clone()).putInt(4, 2).putInt(8, 40_000).array();
    byte[] negative = ByteBuffer.wrap(IMAGES.clone()).putInt(8, -1).array();
    wrong(images, new byte[0], "images is empty");
    wrong(images, Arrays.copyOf(IMAGES, 7), "is truncated", "7 bytes");
    wrong(images, Arrays.copyOf(IMAGES, 21), "is truncated", "21 bytes", "22", "2 images of 1 x 3");
    wrong(images, Arrays.copyOf(IMAGES, 23), "is too long", "22");
    wrong(images, wrongMagic, "wrong magic number", "2049", "2051");
    wrong(images, lyingCount, "is truncated", "240016");
    wrong(images, negative, "impossible sizes", "-1 x 3");
    wrong(
        images, WrittenFiles.idxImages(1, 1, 3, new byte[3]), "1 images", "2, one for each label");
  }

  @Test
  void namesWhatIsWrongWithLabels() throws IOException {
    wrong(labels, new byte[0], "labels is empty");
    wrong(labels, WrittenFiles.idxLabels(), "is empty", "no labels");
    wrong(labels, Arrays.copyOf(LABELS, 9), "is truncated", "9 bytes", "10");
    wrong(labels, Arrays.copyOf(LABELS, 11), "is too long");
    wrong(labels, IMAGES, "wrong magic number", "2051", "2049");
    wrong(labels, WrittenFiles.idxLabels(1, 12), "label out of range", "12 at 1", "0 to 9");
  }

  @Test
  void namesWhatIsWrongWithGzip() throws IOException {
    images = folder.resolve("images.gz");
    byte[] good = WrittenFiles.gzip(IMAGES);
    byte[] damaged = good.clone();
    damaged[good.length - 6] ^= 1;
    wrong(images, IMAGES, "is not gzip", "1f 8b");
    wrong(images, Arrays.copyOf(good, good.length - 9), "is truncated");
    wrong(images, damaged, "is damaged");
    wrong(images, Arrays.copyOf(good, 5), "is not gzip");
  }

  @Test
  void believesNoLengthBeforeTheBytesAreThere() throws IOException {
    byte[] header = ByteBuffer.allocate(8).putInt(0x0801).putInt(Integer.MAX_VALUE).array();
    wrong(labels, header, "is truncated", "2147483655");
    labels = folder.resolve("labels.gz");
    wrong(labels, WrittenFiles.gzip(header), "is truncated", "2147483655");
  }

  private void wrong(Path file, byte[] content, String... parts) throws IOException {
    byte[] before = Files.exists(file) ? Files.readAllBytes(file) : IMAGES;
    Files.write(file, content);
    List<String> classes = Dataset.numbers(10);
    String remedy = "download it again with 'lamina data fetch mnist'";
    LaminaException error =
        assertThrows(
            LaminaException.class, () -> Idx.read("mnist", images, labels, classes, remedy));
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    assertTrue(error.getMessage().endsWith("; " + remedy), error.getMessage());
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), part + " in: " + error.getMessage());
    }
    Files.write(file, before);
  }
}
