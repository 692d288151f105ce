package dev.lamina.config;

import dev.lamina.data.Augmentation;
import dev.lamina.data.DataPlaces;
import dev.lamina.data.Dataset;
import dev.lamina.data.Datasets;
import dev.lamina.data.HeldOut;
import dev.lamina.data.ImageFolder;
import dev.lamina.data.InputTransform;
import dev.lamina.data.Split;
import dev.lamina.model.TransformSettings;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which data set an experiment uses, and what is done to its samples.
///
/// ```yaml
/// data: {name: cifar-10}
/// data: {name: pets, folder: ../pets, sample: [64, 64, 3]}   # train/CLASS/*.png, test/CLASS/*.png
/// data:
///   name: cifar-10
///   resize: 32                        # every picture, to 32 x 32 pixels
///   normalize: cifar-10               # or {mean: [...], deviation: [...]}, see TransformSettings
///   augment: {crop: 4, flip: true}    # training pictures only, see Augmentation
///   validation: 0.1                   # share that is held out; or {share: 0.1}, {last: 10000},
///                                     # {numpy-legacy: 0, share: 0.1}, see HeldOut
/// ```
///
/// @param name a known name, or any name for a folder
/// @param folder a folder of pictures for each class, in the place of a known set
/// @param sample `[h, w, c]` to which its pictures are resized
/// @param transform what is done to every sample
/// @param augmentation what is done to samples that are learned from
/// @param validation what is held out of the training set
public record DataChoice(
    String name,
    Optional<Path> folder,
    List<Integer> sample,
    InputTransform transform,
    Optional<Augmentation> augmentation,
    Optional<HeldOut> validation) {
  private static final String VALIDATION = "validation";
  private static final String LEGACY = "numpy-legacy";
  private static final String SHARES = "in [0, 1)";

  static DataChoice of(Settings s) {
    Optional<Path> folder =
        s.has("folder") ? Optional.of(Path.of(s.text("folder"))) : Optional.empty();
    DataChoice choice =
        new DataChoice(
            s.text("name"),
            folder,
            folder.isPresent() ? sample(s) : List.of(),
            TransformSettings.read(s),
            s.has("augment") ? Optional.of(augmentation(s.child("augment"))) : Optional.empty(),
            heldOut(s));
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

  private static Augmentation augmentation(Settings s) {
    Augmentation augmentation = new Augmentation(s.integer("crop", 0, 0), s.flag("flip", false));
    s.finish();
    return augmentation;
  }

  private static Optional<HeldOut> heldOut(Settings s) {
    if (!s.isGroup(VALIDATION)) {
      double share = s.number(VALIDATION, DataChoice::isShare, SHARES, 0);
      return share == 0 ? Optional.empty() : Optional.of(new HeldOut.Share(share));
    }
    Settings how = s.child(VALIDATION);
    HeldOut held;
    if (how.has("last")) {
      held = new HeldOut.Last(how.integer("last", 1));
    } else {
      double share = how.number("share", DataChoice::isShare, SHARES);
      held =
          how.has(LEGACY)
              ? new HeldOut.NumpyLegacy(how.integer(LEGACY, 0), share)
              : new HeldOut.Share(share);
    }
    how.finish();
    return Optional.of(held);
  }

  private static boolean isShare(double share) {
    return share >= 0 && share < 1;
  }

  /// Reads the data set; its samples are as the network sees them.
  ///
  /// @throws dev.lamina.tensor.LaminaException if it is unknown, nowhere, or broken
  public Split load(DataPlaces places) {
    Split read = read(places);
    Dataset train = transform.of(read.train());
    return new Split(
        augmentation.isPresent() ? train.augmented(augmentation.get()) : train,
        transform.of(read.test()));
  }

  private Split read(DataPlaces places) {
    if (folder.isEmpty()) {
      return Datasets.load(name, places);
    }
    int[] axes = sample.stream().mapToInt(Integer::intValue).toArray();
    return ImageFolder.read(folder.get(), Shape.of(axes));
  }

  /// What is learned from, and what figures are measured on: the parts of the training set, or
  /// `whole` if nothing is held out.
  public Split parts(Split whole, Draws draws) {
    return validation.isPresent() ? validation.get().of(whole.train(), draws) : whole;
  }

  Settings settings() {
    Settings s = Settings.empty().with("name", name);
    if (folder.isPresent()) {
      s = s.with("folder", folder.get().toAbsolutePath()).with("sample", sample);
    }
    s = TransformSettings.write(transform, s);
    if (augmentation.isPresent()) {
      Augmentation a = augmentation.get();
      s = s.with("augment", Settings.empty().with("crop", a.crop()).with("flip", a.flip()));
    }
    return s.with(VALIDATION, validation.isPresent() ? settings(validation.get()) : 0.0);
  }

  private static Object settings(HeldOut held) {
    return switch (held) {
      case HeldOut.Share share -> share.share();
      case HeldOut.Last last -> Settings.empty().with("last", last.samples());
      case HeldOut.NumpyLegacy legacy ->
          Settings.empty().with(LEGACY, legacy.seed()).with("share", legacy.share());
    };
  }
}
