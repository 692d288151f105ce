package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  private static final Shape COLOUR = Shape.of(2, 3, 3);
  private static final Shape GREY = Shape.of(2, 3, 1);

  @TempDir private Path folder;

  @Test
  void readsClassesAndPicturesInTheOrderOfTheirNames() throws IOException {
    picture("train/dog/b.PNG", 0x0000FF);
    picture("train/dog/a.png", 0x00FF00);
    picture("train/cat/z.png", 0xFF0000);
    picture("val/dog/a.png", 0x0000FF);
    Files.writeString(folder.resolve("train/dog/notes.txt"), "no picture");
    Files.writeString(folder.resolve("train/LICENSE"), "no class");
    Split split = ImageFolder.read(folder, COLOUR);
    assertEquals(List.of("cat", "dog"), split.train().classes());
    assertEquals(3, split.train().size());
    assertEquals(1, split.test().label(0));
    Tensor x = Tensor.zeros(DType.F32, COLOUR.batch(3));
    Tensor y = Tensor.zeros(DType.I32, 3);
    split.train().batch(0, 3, x, y);
    assertArrayEquals(new int[] {0, 1, 1}, y.ints());
    for (int i = 0; i < 18; i++) {
      int[] row = {i, 18 + i, 36 + i};
      for (int sample = 0; sample < 3; sample++) {
        assertEquals(i % 3 == sample ? 1 : 0, x.floats()[row[sample]]);
      }
    }
  }

  @Test
  void readsATestFolderWhenThereIsNoVal() throws IOException {
    picture("train/a/1.png", 0);
    picture("test/a/1.png", 0);
    picture("test/a/2.png", 0);
    assertEquals(2, ImageFolder.read(folder, GREY).test().size());
    assertEquals(2, ImageFolder.readPart(folder.resolve("test"), GREY).size());
  }

  @Test
  void keepsGreyValuesAsTheyAreStored() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
    byte[] stored = {0, 50, 100, (byte) 150, (byte) 200, (byte) 255};
    image.getRaster().setDataElements(0, 0, 3, 2, stored);
    Path file = write(image, "grey.png");
    assertArrayEquals(stored, Images.read(file, GREY));
    byte[] repeated = Images.read(file, COLOUR);
    for (int i = 0; i < 18; i++) {
      assertEquals(stored[i / 3], repeated[i]);
    }
  }

  @Test
  void weighsColoursForGrey() throws IOException {
    byte[] grey = Images.read(picture("a.png", 0x0A64C8), GREY);
    byte expected = (byte) Math.round(0.299 * 10 + 0.587 * 100 + 0.114 * 200);
    for (byte pixel : grey) {
      assertEquals(expected, pixel);
    }
  }

  @Test
  void decodesJpeg() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0x808080);
    }
    Path file = folder.resolve("a.JPEG");
    ImageIO.write(image, "jpeg", file.toFile());
    Dataset one = Images.read(List.of(file), COLOUR);
    Tensor x = Tensor.zeros(DType.F32, COLOUR.batch(1));
    one.batch(0, 1, x);
    for (float value : x.floats()) {
      // the coarsest step of baseline JPEG on a flat field is one level
      assertEquals(128 / 255f, value, 1 / 255f);
    }
    assertEquals(-1, one.label(0));
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    says(() -> ImageFolder.read(folder, GREY), "train is not there");
    Files.createDirectories(folder.resolve("train"));
    says(() -> ImageFolder.read(folder, GREY), "has no folder in it");
    picture("train/a/1.png", 0);
    says(() -> ImageFolder.read(folder, GREY), "test is not there");
    picture("test/b/1.png", 0);
    says(() -> ImageFolder.read(folder, GREY), "'train' has no class of this name", "[a]");
    Files.createDirectories(folder.resolve("empty/a"));
    says(() -> ImageFolder.readPart(folder.resolve("empty"), GREY), "holds no picture");
    says(() -> Images.read(List.of(folder.resolve("none.png")), GREY), "no such file");
  }

  @Test
  void namesPicturesThatAreNone() throws IOException {
    Path good = picture("good.png", 0x123456);
    byte[] bytes = Files.readAllBytes(good);
    broken(new byte[0], "by its content");
    broken("hello".getBytes(), "by its content");
    broken(Arrays.copyOf(bytes, 40), "cannot be decoded");
    broken(claiming(bytes, 100_000, 100_000), "claims 10000000000 pixels");
  }

  @Test
  void refusesOtherShapes() {
    assertThrows(IllegalArgumentException.class, () -> Images.read(List.of(), Shape.of(2, 2, 2)));
  }

  private void broken(byte[] content, String part) throws IOException {
    Path file = Files.write(folder.resolve("broken.png"), content);
    says(() -> Images.read(List.of(file), GREY), "broken.png", part, "remove it");
  }

  /// A PNG whose header claims another size, with a right checksum.
  private static byte[] claiming(byte[] png, int w, int h) {
    byte[] lying = png.clone();
    ByteBuffer header = ByteBuffer.wrap(lying).putInt(16, w).putInt(20, h);
    CRC32 sum = new CRC32();
    sum.update(lying, 12, 17);
    header.putInt(29, (int) sum.getValue());
    return lying;
  }

  private Path picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, rgb);
    }
    return write(image, name);
  }

  private Path write(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static void says(Executable action, String... parts) {
    String message = assertThrows(LaminaException.class, action).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
  }
}
