package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The binary format of CIFAR-10 and CIFAR-100: records of label bytes and 3072 planar RGB bytes.
///
/// Files may be plain or `.gz`, or lie inside the published `.tar.gz`. Source: Krizhevsky 2009,
/// "Learning multiple layers of features from tiny images".
public enum Cifar {
  /// One label byte a record, 10 classes, at most 10,000 records a file.
  CIFAR_10(1, 10, 10_000),
  /// A coarse and a fine label byte a record, of which the fine one counts: 100 classes, at most
  /// 50,000 records a file.
  CIFAR_100(2, 100, 50_000);

  private static final Shape SAMPLE = Shape.of(32, 32, 3);
  private static final int PIXELS = 3072;

  /// Any number of records up to the most that a file has.
  private static final long ANY = -1;

  private final int labelBytes;
  private final int classes;
  private final int mostRecords;

  Cifar(int labelBytes, int classes, int mostRecords) {
    this.labelBytes = labelBytes;
    this.classes = classes;
    this.mostRecords = mostRecords;
  }

  /// Reads files as one set, in the order given; classes are named by their number.
  ///
  /// @throws LaminaException if a file is missing, empty, no whole number of records, too long, or
  ///   holds a label out of range
  public Dataset read(List<Path> files) {
    LabelledPixels all = new LabelledPixels(SAMPLE);
    for (Path file : files) {
      all.addAll(read(file, ANY, Idx.OTHER_FILE));
    }
    return all.toDataset("cifar", Dataset.numbers(classes));
  }

  /// Reads one file that must unpack to `bytes` bytes, or `ANY`.
  LabelledPixels read(Path file, long bytes, String remedy) {
    try (BinaryFile in = BinaryFile.open(file, remedy)) {
      return records(in, bytes);
    }
  }

  /// Reads the files wanted out of an archive, whatever folder they lie in there, in the order
  /// wanted.
  List<LabelledPixels> unpack(BinaryFile archive, List<DataFile> wanted, String remedy) {
    Map<String, LabelledPixels> found = new HashMap<>();
    Tar tar = new Tar(archive);
    while (tar.next()) {
      String name = tar.name().substring(tar.name().lastIndexOf('/') + 1);
      for (DataFile file : wanted) {
        if (file.name().equals(name)) {
          String path = archive.name() + "!" + tar.name();
          BinaryFile entry = BinaryFile.of(tar.content(), path, remedy, tar.size());
          found.put(name, records(entry, file.bytes()));
        }
      }
    }
    archive.drain();
    List<LabelledPixels> parts = new ArrayList<>();
    for (DataFile file : wanted) {
      LabelledPixels part = found.get(file.name());
      if (part == null) {
        throw archive.broken("is incomplete", "no file " + file.name(), "it inside");
      }
      parts.add(part);
    }
    return parts;
  }

  private LabelledPixels records(BinaryFile in, long bytes) {
    int length = labelBytes + PIXELS;
    long most = bytes == ANY ? mostRecords : bytes / length;
    byte[] record = new byte[length];
    byte[] row = new byte[PIXELS];
    LabelledPixels all = new LabelledPixels(SAMPLE);
    for (int got = in.upTo(record, 0, length); got > 0; got = in.upTo(record, 0, length)) {
      if (got < length) {
        throw in.broken(
            "is truncated",
            all.size() + " records and " + got + " bytes",
            length + " bytes a record");
      }
      if (all.size() == most) {
        throw in.broken("is too long", "more than " + most + " records", "at most " + most);
      }
      Planar.interleave(row, record, labelBytes, SAMPLE);
      all.add(row, 0, label(in, record, all.size()));
    }
    if (all.size() == 0) {
      throw in.broken("is empty", "no record", "records of " + length + " bytes");
    }
    if (bytes != ANY && all.size() != most) {
      throw in.broken("is truncated", all.size() + " records", most + " records");
    }
    in.end(all.size() + " records");
    return all;
  }

  private int label(BinaryFile in, byte[] record, int at) {
    int label = record[labelBytes - 1] & 0xFF;
    if (label >= classes) {
      throw in.broken(
          "has a label out of range", label + " in record " + at, "0 to " + (classes - 1));
    }
    return label;
  }
}
