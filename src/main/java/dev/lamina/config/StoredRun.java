package dev.lamina.config;

import dev.lamina.data.AtomicFile;
import dev.lamina.data.DataPlaces;
import dev.lamina.data.Split;
import dev.lamina.kernel.Kernels;
import dev.lamina.model.Model;
import dev.lamina.network.Network;
import dev.lamina.tensor.LaminaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A run, or a checkpoint alone, that is looked at after its training.
///
/// Reading changes nothing; figures may be added to the run's `result.json`.
public final class StoredRun {
  private final Path checkpoint;
  private final Path folder;

  private StoredRun(Path checkpoint, Path folder) {
    this.checkpoint = checkpoint;
    this.folder = folder;
  }

  /// The run in a folder, or the one that a checkpoint file belongs to.
  ///
  /// @param where a run directory, `runs/latest`, or a checkpoint file
  /// @throws LaminaException if there is none, or no checkpoint in it yet
  public static StoredRun find(Path where) {
    if (Files.isRegularFile(where)) {
      return new StoredRun(where, where.resolveSibling(""));
    }
    if (!Files.isDirectory(where)) {
      throw new LaminaException(
          "there is no run '"
              + where
              + "'; name a run directory, runs/latest or a checkpoint file, or train one with"
              + " 'lamina train'");
    }
    Path checkpoint = where.resolve(RunDirectory.CHECKPOINT);
    if (Files.isRegularFile(checkpoint)) {
      return new StoredRun(checkpoint, where);
    }
    throw new LaminaException(
        Files.isRegularFile(where.resolve(RunDirectory.CONFIG))
            ? "'"
                + where
                + "' has no checkpoint yet; go on with it with 'lamina train --resume "
                + where
                + "'"
            : "'" + where + "' holds no run: there is no " + RunDirectory.CHECKPOINT + " in it");
  }

  /// The checkpoint.
  public Path checkpoint() {
    return checkpoint;
  }

  /// The folder of the run.
  public Path folder() {
    return folder;
  }

  /// The trained network.
  ///
  /// @throws LaminaException if the checkpoint is broken or no model
  public Model model(Kernels kernels) {
    return Model.load(checkpoint, kernels);
  }

  /// What the run did; nothing beside a checkpoint that was moved away from its run.
  ///
  /// @throws LaminaException if its configuration is broken
  public Optional<Experiment> experiment() {
    Path config = folder.resolve(RunDirectory.CONFIG);
    return Files.isRegularFile(config)
        ? Optional.of(Experiment.of("run", YamlSettings.read(config)))
        : Optional.empty();
  }

  /// Reads the data set that the run learned from.
  ///
  /// @throws LaminaException if nothing beside the checkpoint names it, or it is nowhere or broken
  public Split data(DataPlaces places) {
    Experiment experiment =
        experiment()
            .orElseThrow(() ->
                new LaminaException(
                    "there is no "
                        + RunDirectory.CONFIG
                        + " beside '"
                        + checkpoint
                        + "' that names the data set; name it with --dataset"));
    return experiment.load(places);
  }

  /// The position of the highest block that the run trains; the last one if nothing says it.
  public int highestTrained(Network network) {
    return experiment().stream()
        .flatMap(e -> e.phases(network).stream())
        .flatMap(phase -> phase.blocks().stream())
        .mapToInt(network::blockIndex)
        .max()
        .orElse(network.blocks().size() - 1);
  }

  /// The folder for pictures, made when it is missing.
  public Path pictures() {
    Path pictures = folder.resolve("pictures");
    try {
      Files.createDirectories(pictures);
    } catch (IOException e) {
      throw new LaminaException(pictures + ": cannot be made (" + e.getMessage() + ")", e);
    }
    return pictures;
  }

  /// The checkpoints that the run has kept, by what they are of (`h, epoch 5`), in their order.
  public SequencedMap<String, Path> kept() {
    record Kept(String phase, boolean step, int number, Path file) {}
    Pattern name = Pattern.compile("(.+?)-(step-)?([0-9]+)\\.safetensors");
    List<Kept> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher m = name.matcher(String.valueOf(file.getFileName()));
        if (m.matches()) {
          all.add(new Kept(m.group(1), m.group(2) != null, Integer.parseInt(m.group(3)), file));
        }
      }
    } catch (IOException e) {
      throw new LaminaException(folder + ": cannot be read (" + e.getMessage() + ")", e);
    }
    all.sort(
        Comparator.comparing(Kept::phase).thenComparing(Kept::step).thenComparingInt(Kept::number));
    SequencedMap<String, Path> kept = new LinkedHashMap<>();
    all.forEach(k -> kept.put(k.phase + (k.step ? ", update " : ", epoch ") + k.number, k.file));
    return kept;
  }

  /// Adds figures to `result.json`, in the place of those of the same name; what else is there
  /// stays. Nothing happens if the run has not ended.
  ///
  /// @return whether they were added
  /// @throws LaminaException if the file is broken or cannot be written
  public boolean addToResult(Map<String, ?> figures) {
    Path file = folder.resolve(RunDirectory.RESULT);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    Map<String, Object> result = Json.read(TextFile.read(file), file.toString());
    result.putAll(figures);
    AtomicFile.write(file, Json.text(result).getBytes(StandardCharsets.UTF_8));
    return true;
  }
}
