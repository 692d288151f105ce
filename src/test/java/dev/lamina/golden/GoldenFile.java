package dev.lamina.golden;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A golden file as it is stored: safetensors with F64, I64 (read as I32) and U8 tensors.
///
/// @param name the file's name without its ending
/// @param tensors name to tensor, channels first
/// @param metadata `params`, `tol32`, `note`, `spec`
record GoldenFile(String name, Map<String, Tensor> tensors, Map<String, String> metadata) {
  static final String ENDING = ".safetensors";
  static final String OUT = "out.";
  private static final String METADATA = "__metadata__";

  /// The hyper-parameters.
  Params params() {
    return new Params(Json.object(metadata.get("params")));
  }

  /// The tolerance of each output in F32.
  Params tolerances() {
    return new Params(Json.object(metadata.get("tol32")));
  }

  /// The names of the outputs, without `out.`.
  List<String> outputs() {
    return tensors.keySet().stream()
        .filter(name -> name.startsWith(OUT))
        .map(name -> name.substring(OUT.length()))
        .toList();
  }

  static GoldenFile read(Path file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      byte[] header = new byte[Math.toIntExact(bytes.getLong())];
      bytes.get(header);
      Map<String, Object> entries = Json.object(new String(header, StandardCharsets.UTF_8));
      Map<String, String> metadata = new LinkedHashMap<>();
      Params described = new Params(entries);
      described.object(METADATA).values().forEach((key, text) -> metadata.put(key, (String) text));
      entries.remove(METADATA);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
      entries.keySet().forEach(key -> tensors.put(key, tensor(described.object(key), data)));
      return new GoldenFile(file.getFileName().toString().replace(ENDING, ""), tensors, metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static Tensor tensor(Params entry, ByteBuffer data) {
    Shape shape = Shape.of(entry.integers("shape"));
    int at = entry.integers("data_offsets")[0];
    String stored = entry.text("dtype");
    Tensor tensor = Tensor.zeros(type(stored), shape);
    for (int i = 0; i < tensor.size(); i++) {
      tensor.set(
          i,
          switch (tensor.type()) {
            case F64 -> data.getDouble(at + 8 * i);
            case I32 -> Math.toIntExact(data.getLong(at + 8 * i));
            default -> data.get(at + i) & 0xFF;
          });
    }
    return tensor;
  }

  private static DType type(String stored) {
    return switch (stored) {
      case "F64" -> DType.F64;
      case "I64" -> DType.I32;
      case "U8" -> DType.U8;
      default -> throw new IllegalArgumentException("no golden file holds " + stored);
    };
  }

  void write(Path folder) {
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put(METADATA, metadata);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    tensors.forEach((key, tensor) -> entries.put(key, append(data, tensor)));
    byte[] header = Json.text(entries).getBytes(StandardCharsets.UTF_8);
    ByteBuffer length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(length.array());
    file.writeBytes(header);
    file.writeBytes(data.toByteArray());
    try {
      Files.write(folder.resolve(name + ENDING), file.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /// Appends the elements and returns the tensor's entry in the header.
  private static Map<String, Object> append(ByteArrayOutputStream data, Tensor tensor) {
    int start = data.size();
    boolean small = tensor.type() == DType.U8;
    ByteBuffer element = ByteBuffer.allocate(small ? 1 : 8).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < tensor.size(); i++) {
      switch (tensor.type()) {
        case U8 -> element.put(0, (byte) tensor.get(i));
        case I32 -> element.putLong(0, (long) tensor.get(i));
        default -> element.putDouble(0, tensor.get(i));
      }
      data.writeBytes(element.array());
    }
    String stored = small ? "U8" : tensor.type() == DType.I32 ? "I64" : "F64";
    List<Integer> axes = Arrays.stream(tensor.shape().axes()).boxed().toList();
    return Map.of("dtype", stored, "shape", axes, "data_offsets", List.of(start, data.size()));
  }
}
