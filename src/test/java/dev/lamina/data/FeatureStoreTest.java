package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStoreTest {
  /// So that a chunk in memory holds 2 rows only, and the buffer of a file less than one.
  private static final Shape WIDE = Shape.of(1, 1, 400_000);

  @TempDir private Path folder;

  @Test
  void givesTheSameRowsFromMemoryAndFromAFile() {
    for (DType type : List.of(DType.F32, DType.F64)) {
      check(type, FeatureStore.inMemory(type, WIDE));
      check(type, FeatureStore.onDisk(folder, type.name(), type, WIDE));
    }
  }

  private static void check(DType type, FeatureWriter writer) {
    int n = WIDE.size();
    Tensor rows = Tensor.zeros(type, WIDE.batch(3));
    for (int batch = 0; batch < 2; batch++) {
      for (int i = 0; i < 3 * n; i++) {
        rows.set(i, batch * 3 * n + i);
      }
      writer.append(rows, batch == 0 ? 3 : 2);
    }
    FeatureStore store = writer.finish();
    assertEquals(5, store.size());
    for (DType as : List.of(DType.F32, DType.F64)) {
      Tensor row = Tensor.zeros(as, n + 1);
      for (int i = 0; i < 5; i++) {
        store.read(i, row, 1);
        assertEquals((float) i * n, (float) row.get(1));
        assertEquals((float) (i * n + n - 1), (float) row.get(n));
      }
    }
  }

  @Test
  void refusesRowsOfAnotherTypeOrShape() {
    FeatureWriter writer = FeatureStore.inMemory(DType.F32, Shape.of(2));
    for (Tensor x : List.of(Tensor.zeros(DType.F64, 1, 2), Tensor.zeros(DType.F32, 1, 3))) {
      assertThrows(IllegalArgumentException.class, () -> writer.append(x, 1));
    }
    assertThrows(
        IllegalArgumentException.class, () -> writer.append(Tensor.zeros(DType.F32, 1, 2), 2));
    assertThrows(
        IllegalArgumentException.class, () -> FeatureStore.inMemory(DType.U8, Shape.of(2)));
  }

  @Test
  void discardsWhatEarlierRunsLeft() throws IOException {
    FeatureWriter killed = FeatureStore.onDisk(folder, "half", DType.F32, Shape.of(1));
    Files.write(folder.resolve("whole.features"), new byte[4]);
    Files.writeString(folder.resolve("config.yaml"), "seed: 1");
    FeatureStore.discardLeftovers(folder);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("config.yaml")), left.toList());
    }
    killed.close();
    FeatureStore.discardLeftovers(folder.resolve("not there"));
  }

  @Test
  void leavesNoNameBehindOnceTheFileIsMapped() throws IOException {
    FeatureStore store;
    try (FeatureWriter writer = FeatureStore.onDisk(folder, "a", DType.F32, Shape.of(1))) {
      writer.append(Tensor.of(new float[] {7}, 1, 1), 1);
      store = writer.finish();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.toList());
    }
    Tensor row = Tensor.zeros(DType.F32, 1);
    store.read(0, row, 0);
    assertEquals(7, row.get(0));
  }

  @Test
  void removesAHalfWrittenFileWhenClosed() {
    try (FeatureWriter writer = FeatureStore.onDisk(folder, "a", DType.F32, Shape.of(1))) {
      writer.append(Tensor.of(new float[] {1}, 1, 1), 1);
    }
    assertFalse(Files.exists(folder.resolve("a.features.part")));
    assertFalse(Files.exists(folder.resolve("a.features")));
  }

  @Test
  void saysWhichFileCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    LaminaException error =
        assertThrows(
            LaminaException.class,
            () -> FeatureStore.onDisk(file.resolve("cache"), "a", DType.F32, Shape.of(1)));
    assertTrue(error.getMessage().contains(file.toString()), error.getMessage());
    assertTrue(error.getMessage().contains("name another folder"), error.getMessage());
  }

  @Test
  void anEmptyStoreHasNoRows() {
    FeatureStore store = FeatureStore.inMemory(DType.F32, Shape.of(3)).finish();
    assertEquals(0, store.size());
    assertArrayEquals(new int[] {3}, store.sample().axes());
  }

  @Test
  void knowsWhatCannotFitIntoMemory() {
    assertTrue(FeatureStore.fitsInMemory(DType.F32, Shape.of(10), 10));
    assertFalse(FeatureStore.fitsInMemory(DType.F64, Shape.of(1 << 20), Integer.MAX_VALUE));
  }
}
