package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.nio.file.Path;
import java.util.List;

/// The IDX format of MNIST and its relatives: images and labels in two files, plain or `.gz`.
///
/// Big-endian: a magic number (2051 for `[n, h, w]` bytes, 2049 for `[n]` bytes), the sizes as
/// 32-bit integers, the bytes. Source: LeCun, Cortes, Burges, "The MNIST database of handwritten
/// digits".
public final class Idx {
  static final String OTHER_FILE = "replace the file";
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  private Idx() {}

  /// Reads images and their labels; classes are named by their number.
  ///
  /// @throws LaminaException if a file is missing, truncated, too long or no IDX, or if their
  ///   counts differ
  public static Dataset read(Path images, Path labels) {
    return read("idx", images, labels, List.of(), OTHER_FILE);
  }

  /// Reads images and their labels, which must lie inside `classes` unless that is empty.
  static Dataset read(String name, Path images, Path labels, List<String> classes, String remedy) {
    try (BinaryFile x = BinaryFile.open(images, remedy);
        BinaryFile y = BinaryFile.open(labels, remedy)) {
      return read(name, x, y, classes);
    }
  }

  /// Reads images and their labels from open files.
  static Dataset read(String name, BinaryFile images, BinaryFile labels, List<String> classes) {
    byte[] y = labels(labels, classes.isEmpty() ? 256 : classes.size());
    LabelledPixels samples = images(images, y, labels.name());
    return samples.toDataset(name, classes.isEmpty() ? Dataset.numbers(highest(y) + 1) : classes);
  }

  private static byte[] labels(BinaryFile in, int classes) {
    magic(in, LABELS, "labels");
    int n = count(in, "labels");
    byte[] y = in.bytes(n, n + " labels");
    in.end(n + " labels");
    for (int i = 0; i < n; i++) {
      if ((y[i] & 0xFF) >= classes) {
        throw in.broken(
            "has a label out of range", (y[i] & 0xFF) + " at " + i, "0 to " + (classes - 1));
      }
    }
    return y;
  }

  private static LabelledPixels images(BinaryFile in, byte[] labels, String labelFile) {
    magic(in, IMAGES, "images");
    int n = count(in, "images");
    int h = in.int32("height");
    int w = in.int32("width");
    if (h <= 0 || w <= 0 || (long) h * w > 1 << 26) {
      throw in.broken("has impossible sizes", h + " x " + w, "images of at least 1 x 1 pixel");
    }
    if (n != labels.length) {
      throw in.broken(
          "does not fit to " + labelFile, n + " images", labels.length + ", one for each label");
    }
    String what = n + " images of " + h + " x " + w;
    in.require((long) n * h * w, what);
    LabelledPixels samples = new LabelledPixels(Shape.of(h, w, 1));
    byte[] row = new byte[h * w];
    for (int i = 0; i < n; i++) {
      in.fill(row, 0, row.length, what);
      samples.add(row, 0, labels[i] & 0xFF);
    }
    in.end(what);
    return samples;
  }

  private static void magic(BinaryFile in, int wanted, String what) {
    int magic = in.int32("magic number");
    if (magic != wanted) {
      throw in.broken(
          "has a wrong magic number",
          Integer.toUnsignedString(magic),
          wanted + " (IDX " + what + ")");
    }
  }

  private static int count(BinaryFile in, String what) {
    int n = in.int32("number of " + what);
    if (n == 0) {
      throw in.broken("is empty", "no " + what, "at least one");
    }
    if (n < 0) {
      throw in.broken(
          "has an impossible size", Integer.toUnsignedString(n), "at most 2147483647 " + what);
    }
    return n;
  }

  private static int highest(byte[] labels) {
    int highest = 0;
    for (byte label : labels) {
      highest = Math.max(highest, label & 0xFF);
    }
    return highest;
  }
}
