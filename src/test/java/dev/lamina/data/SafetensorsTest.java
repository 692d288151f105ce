package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.tensor.HostStorage;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("a.safetensors");
  }

  @Test
  void readsBackWhatItWrote() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b1.weight", Tensor.of(new float[] {1, -2.5f, Float.NaN, 4}, 2, 2));
    tensors.put("doubles", Tensor.of(new double[] {Math.PI}, 1));
    tensors.put("ints", Tensor.of(new int[] {-1, 7}, 2));
    tensors.put("bytes", Tensor.of(new byte[] {(byte) 200}, 1));
    tensors.put("none", Tensor.of(new float[0], 3, 0));
    tensors.put("scalar \" ü", Tensor.on(HostStorage.of(new float[] {5}), Shape.of()));
    tensors.put("view", Tensor.of(new float[] {9, 8, 7, 6}, 4).view(1, Shape.of(2)));
    Safetensors.write(file, tensors, Map.of("step", "12"));

    Safetensors read = Safetensors.open(file);
    assertEquals(List.copyOf(tensors.keySet()), read.names());
    assertEquals(Map.of("step", "12"), read.metadata());
    for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
      Tensor got = read.read(named.getKey());
      assertEquals(named.getValue().type(), got.type(), named.getKey());
      assertEquals(named.getValue().shape(), read.shape(named.getKey()));
      assertArrayEquals(named.getValue().toDoubles(), got.toDoubles(), named.getKey());
    }
  }

  @Test
  void readsTensorsLargerThanItsBuffer() {
    float[] values = new float[200_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Safetensors.write(file, Map.of("long", Tensor.of(values)), Map.of());
    assertArrayEquals(values, Safetensors.open(file).read("long").floats());
  }

  @Test
  void padsTheHeaderSoThatDataAreAligned() throws IOException {
    for (String name : List.of("a", "ab", "abc", "abcdefgh")) {
      Safetensors.write(file, Map.of(name, Tensor.of(new byte[] {1})), Map.of());
      long length =
          ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      assertEquals(0, length % 8);
      assertEquals(8 + length + 1, Files.size(file));
    }
  }

  @Test
  void readsForeignTypes() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8 + 2 + 2 + 1).order(ByteOrder.LITTLE_ENDIAN);
    data.putLong(-3).putShort(Float.floatToFloat16(1.5f)).putShort((short) 0xC040).put((byte) 1);
    String header =
        """
        {"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
         "h":{"dtype":"F16","shape":[1],"data_offsets":[8,10]},
         "b":{"dtype":"BF16","shape":[],"data_offsets":[10,12]},
         "t":{"dtype":"BOOL","shape":[1],"data_offsets":[12,13]}}\
        """;
    write(header, data.array());
    Safetensors read = Safetensors.open(file);
    assertArrayEquals(new int[] {-3}, read.read("i").ints());
    assertArrayEquals(new float[] {1.5f}, read.read("h").floats());
    assertArrayEquals(new float[] {-3f}, read.read("b").floats());
    assertArrayEquals(new byte[] {1}, read.read("t").bytes());
  }

  @Test
  void refusesWhatItCannotHold() throws IOException {
    String header =
        """
        {"long":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},
         "word":{"dtype":"U16","shape":[1],"data_offsets":[8,10]}}\
        """;
    write(header, new byte[] {0, 0, 0, 0, 1, 0, 0, 0, 0, 0});
    Safetensors read = Safetensors.open(file);
    says(() -> read.read("long"), "'long'", "32 bits");
    says(() -> read.read("word"), "'word' is U16");
    says(() -> read.read("x"), "no tensor 'x'", "long, word");
  }

  @Test
  void believesNoHeader() throws IOException {
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}", 4, "a.data_offsets");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}", 12, "found 12");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}", 4, "8 bytes for F32");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}", 4, "[4, 0]");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}", 4, "from 0 on");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}", 4, "whole");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}", 4, "two data_offsets");
    lying("\"a\":{\"dtype\":\"F32\",\"shape\":[1]}", 4, "two data_offsets");
    lying("\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}", 4, "'F31'");
    lying("\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296],\"data_offsets\":[0,4]}", 4, "2^31");
    lying("\"a\":{\"dtype\":\"U8\",\"shape\":[65536,65536],\"data_offsets\":[0,4]}", 4, "2^31-1");
    lying("\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4],\"x\":1}", 4, "a.x");
    lying("\"a\":3", 0, "a: expected an object");
    lying("\"__metadata__\":{\"a\":3}", 0, "__metadata__.a");
    lying("\"a\":", 0, "no JSON");
    lying("} {", 0, "nothing after");
  }

  @Test
  void refusesOverlapsGapsAndNamesUsedTwice() throws IOException {
    String first = "\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}";
    String over = ",\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[2,6]}";
    String gap = ",\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[5,9]}";
    lying(first + over, 6, "b.data_offsets [2, 6]", "a start at 4");
    lying(first + gap, 9, "b.data_offsets [5, 9]", "a start at 4");
    lying(first + "," + first, 4, "Duplicate");
  }

  @Test
  void refusesFilesThatAreNone() throws IOException {
    says(() -> Safetensors.open(file), "no such file");
    Files.write(file, new byte[7]);
    says(() -> Safetensors.open(file), "7 bytes");
    for (long length : new long[] {-1, 0, 3, 100_000_001, Long.MAX_VALUE}) {
      byte[] bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
      Files.write(file, bytes);
      says(() -> Safetensors.open(file), Long.toUnsignedString(length), "10 bytes in all");
    }
  }

  @Test
  void leavesTheOldFileWhenTheNewOneCannotBeWritten() throws IOException {
    Safetensors.write(file, Map.of("a", Tensor.of(new float[] {1})), Map.of());
    Files.createDirectory(folder.resolve("a.safetensors.part"));
    says(
        () -> Safetensors.write(file, Map.of("a", Tensor.of(new float[] {2})), Map.of()),
        "cannot be written");
    assertArrayEquals(new float[] {1}, Safetensors.open(file).read("a").floats());
  }

  @Test
  void leavesNoPartBehind() {
    Safetensors.write(file, Map.of("a", Tensor.of(new float[] {1})), Map.of());
    assertFalse(Files.exists(folder.resolve("a.safetensors.part")));
    Path below = file.resolve("below/b.safetensors");
    says(() -> Safetensors.write(below, Map.of(), Map.of()), "cannot be written", "b.safetensors");
  }

  private void lying(String fields, int dataBytes, String... parts) throws IOException {
    write("{" + fields + "}", new byte[dataBytes]);
    says(() -> Safetensors.open(file), parts);
  }

  private void write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, all.putLong(json.length).put(json).put(data).array());
  }

  private void says(Executable action, String... parts) {
    String message = assertThrows(LaminaException.class, action).getMessage();
    assertTrue(message.contains(folder.toString()), message);
    for (String part : parts) {
      assertTrue(message.contains(part), part + " in: " + message);
    }
  }
}
