package dev.lamina.data;

import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A data set as a folder of pictures for each class: `train/CLASS/*.jpeg`, `val/CLASS/*.png`.
///
/// Classes are the folders of `train` in the order of their names, pictures come in the order of
/// their names: `.jpeg`, `.jpg` and `.png` in any case; other files are ignored.
public final class ImageFolder {
  private static final Set<String> ENDINGS = Set.of("jpeg", "jpg", "png");

  private ImageFolder() {}

  /// Reads `folder/train`, and `folder/val` or else `folder/test`.
  ///
  /// - `sample` — `[h, w, c]` to which pictures are resized; c = 1 (grey) or 3 (red, green, blue)
  ///
  /// @throws LaminaException if a folder is missing or empty, if the test part has a class that
  ///   `train` has not, or if a picture cannot be decoded
  public static Split read(Path folder, Shape sample) {
    Path test = folder.resolve(Files.isDirectory(folder.resolve("val")) ? "val" : "test");
    List<String> classes = classes(folder.resolve("train"));
    for (String label : classes(test)) {
      if (!classes.contains(label)) {
        throw new LaminaException(
            test.resolve(label) + ": 'train' has no class of this name; it has " + classes);
      }
    }
    String name = name(folder);
    return new Split(
        read(name, folder.resolve("train"), sample, classes), read(name, test, sample, classes));
  }

  /// Reads a folder that holds a folder for each class, as one set.
  ///
  /// - `sample` — `[h, w, c]` to which pictures are resized; c = 1 (grey) or 3 (red, green, blue)
  ///
  /// @throws LaminaException if a folder is missing or empty, or a picture cannot be decoded
  public static Dataset readPart(Path folder, Shape sample) {
    return read(name(folder), folder, sample, classes(folder));
  }

  private static String name(Path folder) {
    return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
  }

  private static Dataset read(String name, Path folder, Shape sample, List<String> classes) {
    LabelledPixels all = new LabelledPixels(Images.checked(sample));
    for (int label = 0; label < classes.size(); label++) {
      Path own = folder.resolve(classes.get(label));
      List<String> names = Files.isDirectory(own) ? names(own, ImageFolder::isPicture) : List.of();
      for (String picture : names) {
        all.add(Images.read(own.resolve(picture), sample), 0, label);
      }
    }
    if (all.size() == 0) {
      throw new LaminaException(
          folder + " holds no picture (.jpeg, .jpg, .png); put pictures into its class folders");
    }
    return all.toDataset(name, classes);
  }

  private static List<String> classes(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new LaminaException(
          folder + " is not there; an image folder has train/CLASS/ and val/CLASS/ or test/CLASS/");
    }
    List<String> classes = names(folder, Files::isDirectory);
    if (classes.isEmpty()) {
      throw new LaminaException(folder + " has no folder in it; it must have one for each class");
    }
    return classes;
  }

  private static boolean isPicture(Path file) {
    String name = String.valueOf(file.getFileName());
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".") && ENDINGS.contains(ending);
  }

  private static List<String> names(Path folder, Predicate<Path> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(wanted).map(f -> String.valueOf(f.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new LaminaException(
          folder + ": cannot be read (" + e.getMessage() + "); make it readable", e);
    }
  }
}
