package dev.lamina.model;

import dev.lamina.data.InputTransform;
import dev.lamina.data.Safetensors;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.network.SettingsJson;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The metadata by which a safetensors file is a model of Lamina: format, version, description,
/// input shape, class names.
///
/// Tensors that `predict` reads stand under their readable names; whatever else a checkpoint holds
/// has names that begin with `STATE`.
public final class ModelFile {
  /// The prefix of tensors that only training reads.
  public static final String STATE = "state.";

  private static final String FORMAT = "lamina-checkpoint";
  private static final String VERSION = "1";
  private static final String TRANSFORM = "transform";

  private ModelFile() {}

  /// The metadata of a network with these class names.
  ///
  /// @param transform what is done to a sample before the network sees it
  public static Map<String, String> metadata(
      Network network, List<String> classes, InputTransform transform) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("version", VERSION);
    metadata.put("network", SettingsJson.write(network.description()));
    metadata.put("input", numbers(network.input()));
    metadata.put("classes", String.join("\n", classes));
    if (!transform.equals(InputTransform.NONE)) {
      Settings settings = TransformSettings.write(transform, Settings.empty());
      metadata.put(TRANSFORM, SettingsJson.write(settings));
    }
    return metadata;
  }

  private static String numbers(Shape shape) {
    String text = Arrays.toString(shape.axes());
    return text.substring(1, text.length() - 1);
  }

  /// Opens a file and checks that it is a model that this version can read.
  ///
  /// @throws LaminaException if it is broken, of another kind, or of a newer version
  public static Safetensors open(Path file) {
    Safetensors in = Safetensors.open(file);
    Map<String, String> text = in.metadata();
    if (!FORMAT.equals(text.get("format"))) {
      throw new LaminaException(
          file
              + ": is no model of Lamina: its metadata lack the format '"
              + FORMAT
              + "'; give the checkpoint.safetensors of a run");
    }
    if (!VERSION.equals(text.get("version"))) {
      throw new LaminaException(
          file
              + ": has version "
              + text.get("version")
              + ", but this Lamina reads "
              + VERSION
              + "; use the Lamina that wrote it");
    }
    return in;
  }

  /// The tensors that `predict` reads, by name and in the order of the file.
  ///
  /// @throws LaminaException if one cannot be read
  public static Map<String, Tensor> tensors(Safetensors in) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : in.names()) {
      if (!name.startsWith(STATE)) {
        tensors.put(name, in.read(name));
      }
    }
    return tensors;
  }

  /// The class names in the metadata.
  public static List<String> classes(Safetensors in) {
    String names = in.metadata().getOrDefault("classes", "");
    return names.isEmpty() ? List.of() : List.of(names.split("\n"));
  }

  /// What is done to a sample before the network sees it; nothing where the metadata say nothing.
  ///
  /// @throws LaminaException if the metadata are broken
  public static InputTransform transform(Safetensors in, Path file) {
    String text = in.metadata().get(TRANSFORM);
    return text == null
        ? InputTransform.NONE
        : TransformSettings.read(SettingsJson.read(text, file.toString()));
  }

  /// The shape of an input sample in the metadata.
  ///
  /// @throws LaminaException if it is missing or broken
  public static Shape input(Safetensors in, Path file) {
    try {
      String text = in.metadata().getOrDefault("input", "");
      return Shape.of(
          Arrays.stream(text.split(",")).map(String::strip).mapToInt(Integer::parseInt).toArray());
    } catch (IllegalArgumentException e) {
      throw new LaminaException(
          file
              + ": has a broken input shape in its metadata: "
              + e.getMessage()
              + "; take another checkpoint",
          e);
    }
  }
}
