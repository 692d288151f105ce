package dev.lamina.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/// Small files of the true formats.
final class WrittenFiles {
  private WrittenFiles() {}

  static byte[] idxImages(int n, int h, int w, byte[] pixels) {
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(0x0803)
        .putInt(n)
        .putInt(h)
        .putInt(w)
        .put(pixels)
        .array();
  }

  static byte[] idxLabels(int... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels.length);
    bytes.putInt(0x0801).putInt(labels.length);
    for (int label : labels) {
      bytes.put((byte) label);
    }
    return bytes.array();
  }

  /// The four files of an MNIST-like set of 28 x 28 images; sample i is grey i, of class i % 10.
  static void idxSet(Path folder, int train, int test) throws IOException {
    Files.createDirectories(folder);
    idxPair(folder, "train", train);
    idxPair(folder, "t10k", test);
  }

  private static void idxPair(Path folder, String prefix, int n) throws IOException {
    byte[] pixels = new byte[n * 784];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      Arrays.fill(pixels, 784 * i, 784 * (i + 1), (byte) i);
      labels[i] = i % 10;
    }
    Files.write(
        folder.resolve(prefix + "-images-idx3-ubyte.gz"), gzip(idxImages(n, 28, 28, pixels)));
    Files.write(folder.resolve(prefix + "-labels-idx1-ubyte.gz"), gzip(idxLabels(labels)));
  }

  /// CIFAR records: record i has class `(first + i) % classes`; red is i, green 100, blue 200.
  static byte[] cifar(int labelBytes, int classes, int first, int n) {
    ByteBuffer bytes = ByteBuffer.allocate(n * (labelBytes + 3072));
    for (int i = 0; i < n; i++) {
      byte[] planes = new byte[3072];
      Arrays.fill(planes, 0, 1024, (byte) i);
      Arrays.fill(planes, 1024, 2048, (byte) 100);
      Arrays.fill(planes, 2048, 3072, (byte) 200);
      if (labelBytes == 2) {
        bytes.put((byte) 7);
      }
      bytes.put((byte) ((first + i) % classes)).put(planes);
    }
    return bytes.array();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /// One ustar entry: header and padded content.
  static byte[] tarEntry(String name, char kind, byte[] content) {
    byte[] entry = new byte[512 + (content.length + 511) / 512 * 512];
    put(entry, 0, name);
    put(entry, 100, "0000644");
    put(entry, 124, String.format(Locale.ROOT, "%011o", content.length));
    put(entry, 148, "        ");
    entry[156] = (byte) kind;
    put(entry, 257, "ustar");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += entry[i] & 0xFF;
    }
    put(entry, 148, String.format(Locale.ROOT, "%06o\0 ", sum));
    System.arraycopy(content, 0, entry, 512, content.length);
    return entry;
  }

  static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static void put(byte[] to, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, to, at, bytes.length);
  }
}
