package dev.lamina.data;

import dev.lamina.tensor.Shape;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/// A published data set: what it is, which files it has and where they come from.
///
/// @param name the name in configurations and folders, for example `fashion-mnist`
/// @param title the name in prose
/// @param terms licence and authors
/// @param format how its files are read
/// @param sample the shape of a sample, `[h, w, c]`
/// @param classes the names of its classes
/// @param files what is fetched
/// @param unpacked what comes out of the archive, training files first; empty if there is none
public record Source(
    String name,
    String title,
    String terms,
    Format format,
    Shape sample,
    List<String> classes,
    List<DataFile> files,
    List<DataFile> unpacked) {

  /// How the files of a set are read.
  public enum Format {
    /// Two pairs of images and labels.
    IDX,
    /// Binary files of CIFAR-10, one of them for testing.
    CIFAR_10,
    /// Binary files of CIFAR-100, one of them for testing.
    CIFAR_100
  }

  /// Copies the lists.
  public Source {
    classes = List.copyOf(classes);
    files = List.copyOf(files);
    unpacked = List.copyOf(unpacked);
  }

  /// What to do when a file of this set is broken.
  public String remedy() {
    return "download it again with 'lamina data fetch " + name + "'";
  }

  /// What is fetched and what comes out of it.
  List<DataFile> all() {
    return Stream.concat(files.stream(), unpacked.stream()).toList();
  }

  /// The same set, fetched from the folder `mirror` alone.
  public Source at(URI mirror) {
    List<DataFile> moved = files.stream().map(file -> file.at(mirror)).toList();
    return new Source(name, title, terms, format, sample, classes, moved, unpacked);
  }
}
