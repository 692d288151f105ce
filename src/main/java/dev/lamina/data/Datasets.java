package dev.lamina.data;

import dev.lamina.data.DataPlaces.Place;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The data sets that Lamina knows by name: where they lie, and reading them.
///
/// In each place a set may lie in a folder of its name or directly. A set that is not there, or not
/// complete, is looked for in the next place; a broken file is an error.
public final class Datasets {

  /// A data set on disk.
  ///
  /// @param source which set
  /// @param place where it was looked for
  /// @param files its files: training images, training labels, test images, test labels (IDX); the
  ///   training files, then the test file (CIFAR); or the archive alone
  public record Found(Source source, Place place, List<Path> files) {
    /// The folder of its files and why it was looked into, for example `data/mnist (bundled)`.
    public String where() {
      return files.getFirst().getParent() + " (" + place.why() + ")";
    }
  }

  private Datasets() {}

  /// All data sets that have a name.
  public static List<Source> known() {
    return Sources.ALL;
  }

  /// The data set of this name; capitals, `-`, `_` and spaces do not matter (`FashionMNIST`).
  ///
  /// @throws LaminaException if there is none
  public static Source named(String name) {
    for (Source source : Sources.ALL) {
      if (plain(source.name()).equals(plain(name))) {
        return source;
      }
    }
    String names = Sources.ALL.stream().map(Source::name).collect(Collectors.joining(", "));
    throw new LaminaException("there is no data set '" + name + "'; take one of: " + names);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /// Reads a data set by name.
  ///
  /// @throws LaminaException if the name is unknown, the set is nowhere, or a file is broken
  public static Split load(String name, DataPlaces places) {
    Source source = named(name);
    return read(find(source, places).orElseThrow(() -> missing(source, places)));
  }

  /// The first place that holds all files of a set.
  public static Optional<Found> find(Source source, DataPlaces places) {
    for (Place place : places.places()) {
      for (Path folder : folders(source, place.folder())) {
        List<Path> files = filesIn(folder, source);
        if (!files.isEmpty()) {
          return Optional.of(new Found(source, place, files));
        }
      }
    }
    return Optional.empty();
  }

  /// Reads a set that was found.
  ///
  /// @throws LaminaException if a file is broken
  public static Split read(Found found) {
    Source source = found.source();
    return switch (source.format()) {
      case IDX -> idx(source, found.files());
      case CIFAR_10 -> cifar(Cifar.CIFAR_10, source, found.files());
      case CIFAR_100 -> cifar(Cifar.CIFAR_100, source, found.files());
    };
  }

  /// Compares every file of a set that was found with its published SHA-256.
  ///
  /// @throws LaminaException if a file cannot be read
  public static List<Verdict> verify(Found found) {
    return found.files().stream().map(file -> Verdict.of(file, found.source())).toList();
  }

  private static Split idx(Source s, List<Path> f) {
    return new Split(
        sized(s, f.get(0), Idx.read(s.name(), f.get(0), f.get(1), s.classes(), s.remedy())),
        sized(s, f.get(2), Idx.read(s.name(), f.get(2), f.get(3), s.classes(), s.remedy())));
  }

  private static Dataset sized(Source source, Path file, Dataset data) {
    if (!data.sample().equals(source.sample())) {
      throw new LaminaException(
          file
              + " is not "
              + source.name()
              + ": found samples of "
              + data.sample()
              + ", expected "
              + source.sample()
              + "; "
              + source.remedy());
    }
    return data;
  }

  private static Split cifar(Cifar format, Source source, List<Path> files) {
    List<LabelledPixels> parts = new ArrayList<>();
    if (files.size() == 1) {
      try (BinaryFile in = BinaryFile.open(files.getFirst(), source.remedy())) {
        parts.addAll(format.unpack(in, source.unpacked(), source.remedy()));
      }
    } else {
      for (int i = 0; i < files.size(); i++) {
        long bytes = source.unpacked().get(i).bytes();
        parts.add(format.read(files.get(i), bytes, source.remedy()));
      }
    }
    LabelledPixels train = new LabelledPixels(source.sample());
    parts.subList(0, parts.size() - 1).forEach(train::addAll);
    return new Split(
        train.toDataset(source.name(), source.classes()),
        parts.getLast().toDataset(source.name(), source.classes()));
  }

  private static List<Path> folders(Source source, Path place) {
    Path own = place.resolve(source.name());
    String inArchive =
        source.format() == Source.Format.CIFAR_10 ? "cifar-10-batches-bin" : "cifar-100-binary";
    return source.unpacked().isEmpty()
        ? List.of(own, place)
        : List.of(own, own.resolve(inArchive), place, place.resolve(inArchive));
  }

  /// The files of a complete set in `folder`, else nothing.
  private static List<Path> filesIn(Path folder, Source source) {
    List<Path> parts = all(folder, source.unpacked());
    List<Path> files = parts.isEmpty() ? all(folder, source.files()) : parts;
    return files.stream().anyMatch(file -> isOfAnother(file, source)) ? List.of() : files;
  }

  private static List<Path> all(Path folder, List<DataFile> wanted) {
    List<Path> files = present(folder, wanted);
    return files.size() == wanted.size() ? files : List.of();
  }

  /// Those of the files that are in `folder`, packed or plain.
  private static List<Path> present(Path folder, List<DataFile> wanted) {
    List<Path> files = new ArrayList<>();
    for (DataFile file : wanted) {
      String name = file.name();
      String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
      Stream.of(folder.resolve(plain + ".gz"), folder.resolve(plain))
          .filter(Files::isRegularFile)
          .findFirst()
          .ifPresent(files::add);
    }
    return files;
  }

  /// Whether a file is, by its size, the file of the same name of another set: MNIST and its
  /// relatives share their names.
  private static boolean isOfAnother(Path file, Source source) {
    long bytes = size(file);
    String name = String.valueOf(file.getFileName());
    return Sources.ALL.stream()
        .filter(other -> !other.name().equals(source.name()))
        .flatMap(other -> other.files().stream())
        .anyMatch(other -> other.name().equals(name) && other.bytes() == bytes);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new LaminaException(
          file + ": cannot be read (" + e.getMessage() + "); make it readable", e);
    }
  }

  private static LaminaException missing(Source source, DataPlaces places) {
    String where =
        places.places().stream()
            .map(place -> "\n  " + place.why() + ": " + state(source, place.folder()))
            .collect(Collectors.joining());
    return new LaminaException(
        "data set '"
            + source.name()
            + "' was not found. Looked in:"
            + where
            + "\nFetch it with 'lamina data fetch "
            + source.name()
            + "', or name its folder with --data.");
  }

  /// A place that does not hold the set, and what it holds of it.
  private static String state(Source source, Path place) {
    for (Path folder : folders(source, place)) {
      for (List<DataFile> wanted : List.of(source.unpacked(), source.files())) {
        int there = present(folder, wanted).size();
        if (there > 0 && there < wanted.size()) {
          return folder.toAbsolutePath() + " (only " + there + " of " + wanted.size() + " files)";
        }
      }
    }
    return String.valueOf(place.toAbsolutePath());
  }
}
