package dev.lamina.model;

import dev.lamina.data.InputTransform;
import dev.lamina.data.Normalization;
import dev.lamina.network.Settings;
import dev.lamina.network.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// An input transform as settings, in a configuration and in a model's file.
///
/// ```yaml
/// resize: 32
/// normalize: mnist                                       # a name of `Normalization`
/// normalize: {mean: [0.1307], deviation: [0.3081]}       # or its numbers
/// ```
public final class TransformSettings {
  private static final String RESIZE = "resize";
  private static final String NORMALIZE = "normalize";

  private TransformSettings() {}

  /// Reads `resize` and `normalize`, each of which may be missing.
  ///
  /// @throws dev.lamina.tensor.LaminaException with the place of a mistake
  public static InputTransform read(Settings s) {
    return new InputTransform(
        s.has(RESIZE) ? OptionalInt.of(s.integer(RESIZE, 1)) : OptionalInt.empty(),
        s.has(NORMALIZE) ? Optional.of(normalization(s)) : Optional.empty());
  }

  private static Normalization normalization(Settings s) {
    if (!s.isGroup(NORMALIZE)) {
      String name = s.text(NORMALIZE);
      return Normalization.named(name)
          .orElseThrow(() ->
              s.error(
                  NORMALIZE,
                  "must be {mean: [...], deviation: [...]} or a known name but is '"
                      + name
                      + "'"
                      + Suggestion.of(name, Normalization.names())));
    }
    Settings numbers = s.child(NORMALIZE);
    List<Double> mean = numbers(numbers, "mean");
    List<Double> deviation = numbers(numbers, "deviation");
    numbers.finish();
    try {
      return new Normalization(mean, deviation);
    } catch (IllegalArgumentException e) {
      throw numbers.problem(String.valueOf(e.getMessage()));
    }
  }

  private static List<Double> numbers(Settings s, String key) {
    List<String> texts = s.texts(key);
    try {
      return texts.stream().map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw s.error(key, "must be a list of numbers but is " + texts);
    }
  }

  /// A copy of `s` with what `read` needs to give `transform` again.
  public static Settings write(InputTransform transform, Settings s) {
    Settings with = s;
    if (transform.side().isPresent()) {
      with = with.with(RESIZE, transform.side().getAsInt());
    }
    if (transform.normalization().isPresent()) {
      Normalization n = transform.normalization().get();
      Settings numbers = Settings.empty().with("mean", n.mean()).with("deviation", n.deviation());
      with = with.with(NORMALIZE, numbers);
    }
    return with;
  }
}
