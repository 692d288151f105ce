package dev.lamina.config;

import dev.lamina.data.Safetensors;
import dev.lamina.model.ModelFile;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.network.Weights;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Initial parameters from files: models, checkpoints, or plain safetensors.
///
/// ```yaml
/// weights: FILE                                        # every tensor of the network, by name
/// weights:
///   - {file: FILE, into: members.mean.chain-1}         # the tensors below that name, in order
///   - {file: OTHER, into: members.mean.chain-2}
/// ```
///
/// With `into`, the tensors whose names begin so are taken from the first of the file, one after
/// the other: a network becomes a part of another, whatever follows in the file.
///
/// @param parts file and place, in their order
record StartingWeights(List<Part> parts) {
  private static final String KEY = "weights";

  /// Keeps an unmodifiable copy.
  StartingWeights {
    parts = List.copyOf(parts);
  }

  /// A file for a part of the network.
  ///
  /// @param into beginning of the names of tensors, without the dot behind it; empty for all
  record Part(Path file, String into) {}

  /// Reads the key `weights`.
  static StartingWeights of(Settings s) {
    if (!s.has(KEY)) {
      return new StartingWeights(List.of());
    }
    return s.isList(KEY)
        ? new StartingWeights(s.children(KEY).stream().map(StartingWeights::part).toList())
        : new StartingWeights(List.of(new Part(Path.of(s.text(KEY)), "")));
  }

  private static Part part(Settings s) {
    Part part = new Part(Path.of(s.text("file")), s.text("into"));
    s.finish();
    return part;
  }

  /// A document with the key from which this can be read again.
  Settings in(Settings document) {
    if (parts.isEmpty()) {
      return document;
    }
    if (parts.getFirst().into.isEmpty()) {
      return document.with(KEY, parts.getFirst().file);
    }
    return document.with(
        KEY,
        parts.stream()
            .map(p -> Settings.empty().with("file", p.file).with("into", p.into))
            .toList());
  }

  /// Copies the files' tensors into a network.
  ///
  /// @throws LaminaException if a file cannot be read, or does not fit
  void load(Network network) {
    for (Part part : parts) {
      Map<String, Tensor> read = ModelFile.tensors(Safetensors.open(part.file));
      Weights.copyInto(network, part.into.isEmpty() ? read : placed(network, part, read));
    }
  }

  /// All tensors of the network as they are, but for those of the part.
  private static Map<String, Tensor> placed(Network network, Part part, Map<String, Tensor> read) {
    Map<String, Tensor> all = Weights.outside(network);
    List<String> names = all.keySet().stream().filter(n -> n.startsWith(part.into + ".")).toList();
    List<Tensor> tensors = List.copyOf(read.values());
    if (names.isEmpty() || names.size() > tensors.size()) {
      throw new LaminaException(
          part.file
              + ": holds "
              + tensors.size()
              + " tensors, but '"
              + part.into
              + "' of the network has "
              + names.size()
              + " ('lamina show' prints the names)");
    }
    for (int i = 0; i < names.size(); i++) {
      all.put(names.get(i), tensors.get(i));
    }
    return all;
  }
}
