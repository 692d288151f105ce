package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyTest {
  @TempDir private Path folder;

  @Test
  void writesTheHeaderThatNumPyExpects() throws IOException {
    Path file = folder.resolve("a.npy");
    Npy.write(file, Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
    byte[] bytes = Files.readAllBytes(file);
    byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    assertArrayEquals(start, Arrays.copyOf(bytes, 8));
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(8);
    int length = all.getShort();
    assertEquals(0, (10 + length) % 64);
    String text = new String(bytes, 10, length, StandardCharsets.ISO_8859_1);
    assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3,), }", text.strip());
    assertEquals('\n', text.charAt(length - 1));
    assertEquals(6, all.position(10 + length).asFloatBuffer().get(5));
    assertEquals(10 + length + 24, bytes.length);
  }

  @Test
  void writesRowsInPieces() throws IOException {
    Path whole = folder.resolve("whole.npy");
    Path pieces = folder.resolve("pieces.npy");
    Npy.write(whole, Tensor.of(new int[] {1, 2, 3, 4, 5, 6}, 3, 2));
    try (Npy out = Npy.create(pieces, DType.I32, 3, Shape.of(2))) {
      out.append(Tensor.of(new int[] {1, 2, 3, 4}, 2, 2), 2);
      out.append(Tensor.of(new int[] {5, 6, 9, 9}, 2, 2), 1);
      out.finish();
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(pieces));
  }

  @Test
  void leavesNothingWhenRowsAreMissing() {
    Path file = folder.resolve("a.npy");
    try (Npy out = Npy.create(file, DType.F64, 2, Shape.of(1))) {
      out.append(Tensor.of(new double[] {1}, 1, 1), 1);
      assertThrows(IllegalStateException.class, out::finish);
      Tensor tooMany = Tensor.of(new double[] {1, 2}, 2, 1);
      assertThrows(IllegalArgumentException.class, () -> out.append(tooMany, 2));
    }
    assertFalse(Files.exists(file));
    assertFalse(Files.exists(folder.resolve("a.npy.part")));
  }
}
