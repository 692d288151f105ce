package dev.lamina.data;

import dev.lamina.data.SafetensorsHeader.Entry;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A safetensors file: named tensors and texts, readable by NumPy, PyTorch and others.
///
/// Little-endian: the header's length in 8 bytes, a JSON header, the data. `open` reads and checks
/// the header alone; `read` reads one tensor. Shapes and data are given as they stand in the file:
/// turning channels-first tensors is the caller's.
///
/// Source: the format's description, github.com/huggingface/safetensors.
public final class Safetensors {
  static final String REMEDY = "the file is damaged or of another format: take another";
  private static final long MOST_HEADER = 100_000_000;

  private final Path file;
  private final long start;
  private final SafetensorsHeader header;

  private Safetensors(Path file, long start, SafetensorsHeader header) {
    this.file = file;
    this.start = start;
    this.header = header;
  }

  /// Reads and checks the header of `file`.
  ///
  /// @throws LaminaException if the file cannot be read, is truncated or too long, or if its header
  ///   lies: about its length (100 MB at most), about types, shapes, offsets that overlap, leave
  ///   gaps or leave the file, or by using a name twice
  public static Safetensors open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long bytes = channel.size();
      if (bytes < 8) {
        throw wrong(file, "has " + bytes + " bytes, a safetensors file has at least 8");
      }
      long length = read(channel, file, 0, 8).getLong();
      if (length < 2 || length > MOST_HEADER || length > bytes - 8) {
        throw wrong(
            file,
            "claims a header of "
                + Long.toUnsignedString(length)
                + " bytes, but it has "
                + bytes
                + " bytes in all, and a header at most "
                + MOST_HEADER);
      }
      byte[] json = read(channel, file, 8, (int) length).array();
      long start = 8 + length;
      return new Safetensors(
          file, start, SafetensorsHeader.parse(file.toString(), json, bytes - start));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static ByteBuffer read(FileChannel channel, Path file, long from, int n)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    fill(channel, file, from, bytes);
    return bytes;
  }

  private static void fill(FileChannel channel, Path file, long from, ByteBuffer bytes)
      throws IOException {
    int begin = bytes.position();
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position() - begin) < 0) {
        throw wrong(file, "ended while it was read");
      }
    }
    bytes.flip();
  }

  /// The texts of the writer by name.
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(header.metadata());
  }

  /// The names of all tensors, in the order of the header.
  public List<String> names() {
    return List.copyOf(header.entries().keySet());
  }

  /// Whether there is a tensor of this name.
  public boolean has(String name) {
    return header.entries().containsKey(name);
  }

  /// The shape of a tensor.
  ///
  /// @throws LaminaException if there is none of this name
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /// Reads one tensor.
  ///
  /// F32, F64, I32 and U8 stay what they are; F16 and BF16 become F32, I64 becomes I32, BOOL
  /// becomes U8.
  ///
  /// @throws LaminaException if there is none of this name, if its type is another or if a 64-bit
  ///   number does not fit into 32 bits
  public Tensor read(String name) {
    Entry entry = entry(name);
    Tensor tensor = Tensor.zeros(type(name, entry.dtype()), entry.shape());
    int width = (int) ((entry.to() - entry.from()) / Math.max(1, tensor.size()));
    int most = (1 << 18) / Math.max(1, width);
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file)) {
      for (int done = 0; done < tensor.size(); done += most) {
        int count = Math.min(most, tensor.size() - done);
        buffer.clear().limit(count * width);
        fill(channel, file, start + entry.from() + (long) done * width, buffer);
        take(tensor, done, count, buffer, entry.dtype());
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (ArithmeticException e) {
      throw wrong(file, "tensor '" + name + "' holds a number beyond 32 bits");
    }
    return tensor;
  }

  private static void take(Tensor to, int at, int n, ByteBuffer from, String dtype) {
    switch (dtype) {
      case "F32" -> from.asFloatBuffer().get(to.floats(), at, n);
      case "F64" -> from.asDoubleBuffer().get(to.doubles(), at, n);
      case "I32" -> from.asIntBuffer().get(to.ints(), at, n);
      case "I64" -> {
        for (int i = 0; i < n; i++) {
          to.ints()[at + i] = Math.toIntExact(from.getLong());
        }
      }
      case "F16" -> {
        for (int i = 0; i < n; i++) {
          to.floats()[at + i] = Float.float16ToFloat(from.getShort());
        }
      }
      case "BF16" -> {
        for (int i = 0; i < n; i++) {
          to.floats()[at + i] = Float.intBitsToFloat(from.getShort() << 16);
        }
      }
      default -> from.get(to.bytes(), at, n);
    }
  }

  private DType type(String name, String dtype) {
    return switch (dtype) {
      case "F32", "F16", "BF16" -> DType.F32;
      case "F64" -> DType.F64;
      case "I32", "I64" -> DType.I32;
      case "U8", "BOOL" -> DType.U8;
      default ->
          throw new LaminaException(
              file
                  + ": tensor '"
                  + name
                  + "' is "
                  + dtype
                  + ", which Lamina does not read; store it as F32");
    };
  }

  private Entry entry(String name) {
    Entry entry = header.entries().get(name);
    if (entry == null) {
      throw new LaminaException(
          file + " has no tensor '" + name + "'; it has " + header.entries().keySet());
    }
    return entry;
  }

  /// Writes tensors in the order given, whole or not at all (see `AtomicFile`).
  ///
  /// - `tensors` — any types; shapes and data are written as they are
  /// - `metadata` — texts by name, in the order given
  ///
  /// @throws LaminaException if the file cannot be written, for example on a full disk
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    if (tensors.containsKey(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException("a tensor cannot be named " + SafetensorsHeader.METADATA);
    }
    byte[] json = header(tensors, metadata);
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    try (AtomicFile out = AtomicFile.create(file)) {
      out.append(head.flip());
      TensorBytes bytes = new TensorBytes(out, ByteOrder.LITTLE_ENDIAN);
      tensors.values().forEach(tensor -> bytes.append(tensor, 0, tensor.size()));
      out.commit();
    }
  }

  private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    long at = 0;
    try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), json)) {
      out.writeStartObject();
      if (!metadata.isEmpty()) {
        out.writeObjectPropertyStart(SafetensorsHeader.METADATA);
        metadata.forEach(out::writeStringProperty);
        out.writeEndObject();
      }
      for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
        Tensor tensor = named.getValue();
        long end = at + (long) tensor.size() * tensor.type().bytes();
        out.writeObjectPropertyStart(named.getKey());
        out.writeStringProperty("dtype", tensor.type().name());
        out.writeName("shape");
        int[] axes = tensor.shape().axes();
        out.writeArray(axes, 0, axes.length);
        out.writeName("data_offsets");
        out.writeArray(new long[] {at, end}, 0, 2);
        out.writeEndObject();
        at = end;
      }
      out.writeEndObject();
    }
    return json.toByteArray();
  }

  private static LaminaException wrong(Path file, String what) {
    return new LaminaException(file + ": " + what + "; " + REMEDY);
  }

  private static LaminaException unreadable(Path file, IOException e) {
    String reason = e instanceof NoSuchFileException ? "there is no such file" : e.getMessage();
    return new LaminaException(file + ": cannot be read (" + reason + "); check its name", e);
  }
}
