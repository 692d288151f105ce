package dev.lamina.config;

import dev.lamina.data.DataPlaces;
import dev.lamina.data.Datasets;
import dev.lamina.data.ImageFolder;
import dev.lamina.data.Split;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which data set an experiment uses.
///
/// ```yaml
/// data: {name: cifar-10}
/// data: {name: pets, folder: ../pets, sample: [64, 64, 3]}   # train/CLASS/*.png, test/CLASS/*.png
/// ```
///
/// @param name a known name, or any name for a folder
/// @param folder a folder of pictures for each class, in the place of a known set
/// @param sample `[h, w, c]` to which its pictures are resized
/// @param validation share of the training set that is held out, in [0, 1)
public record DataChoice(
    String name, Optional<Path> folder, List<Integer> sample, double validation) {
  static DataChoice of(Settings s) {
    Optional<Path> folder =
        s.has("folder") ? Optional.of(Path.of(s.text("folder"))) : Optional.empty();
    DataChoice choice =
        new DataChoice(
            s.text("name"),
            folder,
            folder.isPresent() ? sample(s) : List.of(),
            s.number("validation", v -> v >= 0 && v < 1, "in [0, 1)", 0));
    s.finish();
    return choice;
  }

  private static List<Integer> sample(Settings s) {
    List<String> axes = s.texts("sample");
    try {
      List<Integer> sample = axes.stream().map(Integer::valueOf).toList();
      if (sample.size() == 3 && sample.stream().allMatch(axis -> axis > 0)) {
        return sample;
      }
    } catch (NumberFormatException e) {
      throw s.error("sample", "must be [height, width, channels] but is " + axes);
    }
    throw s.error("sample", "must be [height, width, channels] but is " + axes);
  }

  /// Reads the data set.
  ///
  /// @throws dev.lamina.tensor.LaminaException if it is unknown, nowhere, or broken
  public Split load(DataPlaces places) {
    if (folder.isEmpty()) {
      return Datasets.load(name, places);
    }
    int[] axes = sample.stream().mapToInt(Integer::intValue).toArray();
    return ImageFolder.read(folder.get(), Shape.of(axes));
  }

  Settings settings() {
    Settings s = Settings.empty().with("name", name);
    if (folder.isPresent()) {
      s = s.with("folder", folder.get().toAbsolutePath()).with("sample", sample);
    }
    return s.with("validation", validation);
  }
}
