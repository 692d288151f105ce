package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.data.DataPlaces.Place;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  private static final Path BUNDLED = Path.of("data");

  @TempDir private Path folder;

  @Test
  void takesTheSpellingsOfThePapers() {
    for (String name : List.of("MNIST", "mnist")) {
      assertEquals("mnist", Datasets.named(name).name());
    }
    assertEquals("fashion-mnist", Datasets.named("FashionMNIST").name());
    assertEquals("kmnist", Datasets.named("KMNIST").name());
    assertEquals("cifar-10", Datasets.named("CIFAR10").name());
    assertEquals("cifar-100", Datasets.named("Cifar_100").name());
    LaminaException unknown = assertThrows(LaminaException.class, () -> Datasets.named("mnits"));
    assertTrue(unknown.getMessage().contains("fashion-mnist"), unknown.getMessage());
  }

  @Test
  void everySourceNamesItsClasses() {
    for (Source source : Datasets.known()) {
      int expected = source.name().equals("cifar-100") ? 100 : 10;
      assertEquals(expected, source.classes().stream().distinct().count(), source.name());
      source.files().forEach(file -> assertEquals(64, file.sha256().length(), file.name()));
      source.unpacked().forEach(file -> assertEquals(64, file.sha256().length(), file.name()));
    }
  }

  @Test
  void readsTheBundledMnist() {
    Split mnist = Datasets.load("mnist", places(folder, BUNDLED));
    assertEquals(60_000, mnist.train().size());
    assertEquals(10_000, mnist.test().size());
    assertEquals(5, mnist.train().label(0));
    assertEquals(7, mnist.test().label(0));
  }

  @Test
  void takesTheFirstPlaceThatHoldsASet() throws IOException {
    WrittenFiles.idxSet(folder.resolve("b/mnist"), 20, 10);
    WrittenFiles.idxSet(folder.resolve("c"), 30, 10);
    DataPlaces nested = places(folder.resolve("a"), folder.resolve("b"), folder.resolve("c"));
    assertEquals(20, Datasets.load("mnist", nested).train().size());
    assertEquals(30, Datasets.load("mnist", places(folder.resolve("c"))).train().size());
  }

  @Test
  void looksFurtherWhenASetIsIncomplete() throws IOException {
    WrittenFiles.idxSet(folder.resolve("a/mnist"), 20, 10);
    WrittenFiles.idxSet(folder.resolve("b/mnist"), 30, 10);
    Files.delete(folder.resolve("a/mnist/t10k-labels-idx1-ubyte.gz"));
    DataPlaces both = places(folder.resolve("a"), folder.resolve("b"));
    assertEquals(30, Datasets.load("mnist", both).train().size());
    LaminaException error =
        assertThrows(
            LaminaException.class, () -> Datasets.load("mnist", places(folder.resolve("a"))));
    assertTrue(error.getMessage().contains("only 3 of 4 files"), error.getMessage());
  }

  @Test
  void doesNotLookFurtherWhenAFileIsBroken() throws IOException {
    WrittenFiles.idxSet(folder.resolve("mnist"), 20, 10);
    Path broken = folder.resolve("mnist/t10k-labels-idx1-ubyte.gz");
    Files.write(broken, new byte[] {1, 2, 3});
    LaminaException error =
        assertThrows(LaminaException.class, () -> Datasets.load("mnist", places(folder, BUNDLED)));
    assertTrue(error.getMessage().contains(broken.toString()), error.getMessage());
    assertTrue(
        error.getMessage().endsWith("download it again with 'lamina data fetch mnist'"),
        error.getMessage());
  }

  @Test
  void saysWhereItLookedAndHowToFetch() {
    LaminaException error =
        assertThrows(LaminaException.class, () -> Datasets.load("KMNIST", places(folder)));
    assertTrue(error.getMessage().contains(folder.toString()), error.getMessage());
    assertTrue(error.getMessage().contains("'lamina data fetch kmnist'"), error.getMessage());
  }

  @Test
  void doesNotTakeTheFilesOfARelative() throws IOException {
    WrittenFiles.idxSet(folder, 20, 10);
    Path labels = folder.resolve("train-labels-idx1-ubyte.gz");
    Files.write(labels, Arrays.copyOf(Files.readAllBytes(labels), 29_515));
    assertTrue(Datasets.find(Datasets.named("mnist"), places(folder)).isEmpty());
    assertTrue(Datasets.find(Datasets.named("fashion-mnist"), places(folder)).isPresent());
  }

  @Test
  void refusesImagesOfAnotherSize() throws IOException {
    WrittenFiles.idxSet(folder, 20, 10);
    byte[] small = WrittenFiles.idxImages(20, 14, 14, new byte[20 * 196]);
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), WrittenFiles.gzip(small));
    LaminaException error =
        assertThrows(LaminaException.class, () -> Datasets.load("mnist", places(folder)));
    assertTrue(error.getMessage().contains("[14, 14, 1]"), error.getMessage());
  }

  @Test
  void readsCifarFromItsFiles() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    for (int i = 1; i <= 5; i++) {
      byte[] batch = WrittenFiles.cifar(1, 10, i, 3);
      Files.write(inside.resolve("data_batch_" + i + ".bin"), batch);
    }
    Files.write(inside.resolve("test_batch.bin"), WrittenFiles.cifar(1, 10, 9, 2));
    checkCifar(loadSmall());
  }

  @Test
  void readsCifarFromItsArchiveWhateverTheOrderOfEntries() throws IOException {
    Files.write(folder.resolve("cifar-10-binary.tar.gz"), WrittenFiles.gzip(archive(5)));
    checkCifar(loadSmall());
  }

  @Test
  void refusesHalfAFileOfWholeRecords() throws IOException {
    for (DataFile file : smallCifar().unpacked()) {
      Files.write(folder.resolve(file.name()), WrittenFiles.cifar(1, 10, 0, 2));
    }
    LaminaException error = assertThrows(LaminaException.class, this::loadSmall);
    assertTrue(error.getMessage().contains("is truncated"), error.getMessage());
    assertTrue(error.getMessage().contains("found 2 records"), error.getMessage());
    assertTrue(error.getMessage().contains("expected 3 records"), error.getMessage());
  }

  private Split loadSmall() {
    return Datasets.read(Datasets.find(smallCifar(), places(folder)).orElseThrow());
  }

  /// CIFAR-10 with 3 records in each training file and 2 in the test file.
  private static Source smallCifar() {
    Source all = Datasets.named("CIFAR10");
    List<DataFile> small =
        all.unpacked().stream()
            .map(f -> new DataFile(f.name(), sizeOf(f.name()), f.sha256(), List.of()))
            .toList();
    return new Source(
        all.name(),
        all.title(),
        all.terms(),
        all.format(),
        all.sample(),
        all.classes(),
        all.files(),
        small);
  }

  private static long sizeOf(String name) {
    return 3073 * (name.startsWith("test") ? 2 : 3);
  }

  private static void checkCifar(Split cifar) {
    assertEquals(15, cifar.train().size());
    assertEquals(2, cifar.test().size());
    int[] labels = IntStream.range(0, 15).map(cifar.train()::label).toArray();
    for (int i = 0; i < 15; i++) {
      assertEquals(i / 3 + 1 + i % 3, labels[i]);
    }
    assertEquals("truck", cifar.test().classes().get(cifar.test().label(0)));
  }

  @Test
  void namesWhatIsWrongWithAnArchive() throws IOException {
    byte[] good = archive(5);
    byte[] badSum = good.clone();
    badSum[512 + 2] ^= 1;
    byte[] badSize = good.clone();
    badSize[512 + 124] = 'x';
    wrong(WrittenFiles.gzip(archive(4)), "is incomplete", "data_batch_5.bin");
    wrong(WrittenFiles.gzip(Arrays.copyOf(good, 3000)), "is truncated");
    wrong(WrittenFiles.gzip(badSum), "damaged");
    wrong(WrittenFiles.gzip(badSize), "tar");
    wrong(Arrays.copyOf(WrittenFiles.gzip(good), 300), "is truncated");
    wrong(good, "is not gzip");
    byte[] badChecksum = WrittenFiles.gzip(good);
    badChecksum[badChecksum.length - 6] ^= 1;
    wrong(badChecksum, "is damaged");
  }

  private void wrong(byte[] content, String... parts) throws IOException {
    Files.write(folder.resolve("cifar-10-binary.tar.gz"), content);
    LaminaException error = assertThrows(LaminaException.class, this::loadSmall);
    for (String part : parts) {
      assertTrue(error.getMessage().contains(part), part + " in: " + error.getMessage());
    }
  }

  private static byte[] archive(int batches) {
    byte[] all = WrittenFiles.tarEntry("cifar-10-batches-bin/", '5', new byte[0]);
    all =
        WrittenFiles.join(
            all,
            entry("test_batch.bin", WrittenFiles.cifar(1, 10, 9, 2)),
            entry("readme.html", new byte[600]));
    for (int i = batches; i >= 1; i--) {
      all =
          WrittenFiles.join(
              all, entry("data_batch_" + i + ".bin", WrittenFiles.cifar(1, 10, i, 3)));
    }
    return WrittenFiles.join(all, new byte[1024]);
  }

  private static byte[] entry(String name, byte[] content) {
    return WrittenFiles.tarEntry("cifar-10-batches-bin/" + name, '0', content);
  }

  private static DataPlaces places(Path... folders) {
    return new DataPlaces(Arrays.stream(folders).map(f -> new Place("test", f)).toList());
  }
}
