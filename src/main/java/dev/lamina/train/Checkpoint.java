package dev.lamina.train;

import dev.lamina.data.Dataset;
import dev.lamina.data.Safetensors;
import dev.lamina.model.ModelFile;
import dev.lamina.network.Network;
import dev.lamina.network.Weights;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Everything needed to go on with a training, or to predict: one safetensors file.
///
/// Tensors that `predict` reads have the names and the outside layout of `Network.tensors` (OIHW,
/// c,h,w order); what learning needs beside them lies under `state.`. The metadata hold the
/// position, the network's description and its input shape.
///
/// @param tensors what `predict` reads, by name, outside layout
/// @param state what learning needs, by name
/// @param position how far the training has come
/// @param metadata description and shapes, as text
public record Checkpoint(
    Map<String, Tensor> tensors,
    Map<String, Tensor> state,
    Position position,
    Map<String, String> metadata) {
  /// A copy of the network's tensors, with the given state.
  ///
  /// @param training the data that the network learns from
  public static Checkpoint of(
      Network network, Dataset training, Position position, Map<String, Tensor> state) {
    return new Checkpoint(
        Weights.outside(network),
        state,
        position,
        ModelFile.metadata(network, training.classes(), training.transform()));
  }

  /// This checkpoint with more metadata.
  public Checkpoint with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(metadata);
    more.put(key, value);
    return new Checkpoint(tensors, state, position, more);
  }

  /// This checkpoint without what only learning needs.
  public Checkpoint withoutState() {
    return new Checkpoint(tensors, Map.of(), position, metadata);
  }

  /// Writes the file under a temporary name, then renames it.
  ///
  /// @throws LaminaException if it cannot be written; an older file stays as it was
  public void write(Path file) {
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    state.forEach((name, tensor) -> all.put(ModelFile.STATE + name, tensor));
    Map<String, String> text = new LinkedHashMap<>(metadata);
    text.put("phase", Integer.toString(position.phase()));
    text.put("epoch", Integer.toString(position.epoch()));
    text.put("batch", Integer.toString(position.batch()));
    text.put("update", Long.toString(position.update()));
    text.put("step", Long.toString(position.step()));
    text.put("seconds", Double.toString(position.seconds()));
    text.put("phase_seconds", Double.toString(position.phaseSeconds()));
    Safetensors.write(file, all, text);
  }

  /// Reads a checkpoint.
  ///
  /// @throws LaminaException if the file is broken, or of a newer version
  public static Checkpoint read(Path file) {
    Safetensors in = ModelFile.open(file);
    Map<String, String> text = in.metadata();
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (String name : in.names()) {
      if (name.startsWith(ModelFile.STATE)) {
        state.put(name.substring(ModelFile.STATE.length()), in.read(name));
      }
    }
    try {
      return new Checkpoint(ModelFile.tensors(in), state, position(text), text);
    } catch (NumberFormatException e) {
      throw new LaminaException(
          file
              + ": has a broken position in its metadata ("
              + e.getMessage()
              + "); take an older checkpoint or start again",
          e);
    }
  }

  private static Position position(Map<String, String> text) {
    return new Position(
        Integer.parseInt(text.getOrDefault("phase", "?")),
        Integer.parseInt(text.getOrDefault("epoch", "?")),
        Integer.parseInt(text.getOrDefault("batch", "?")),
        Long.parseLong(text.getOrDefault("update", "?")),
        Long.parseLong(text.getOrDefault("step", "?")),
        Double.parseDouble(text.getOrDefault("seconds", "?")),
        Double.parseDouble(text.getOrDefault("phase_seconds", "?")));
  }

  /// Copies the tensors into a network of the same description.
  ///
  /// @throws LaminaException that lists every missing, extra or misshaped tensor; nothing is copied
  public void copyInto(Network network) {
    Weights.copyInto(network, tensors);
  }
}
