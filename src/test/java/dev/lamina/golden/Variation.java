package dev.lamina.golden;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// A golden file on its way to other inputs and hyper-parameters.
final class Variation {
  private final GoldenFile old;
  private final Random random;
  private final Map<String, Object> params;
  private final Map<String, Tensor> tensors;

  private Variation(GoldenFile old, long seed) {
    this.old = old;
    this.random = new Random(seed);
    this.params = new LinkedHashMap<>(old.params().values());
    this.tensors = new LinkedHashMap<>(old.tensors());
  }

  /// The file with other inputs and parameters; its outputs are still the old ones.
  ///
  /// @param byName how cases are varied, by beginning of name
  static GoldenFile of(GoldenFile old, long seed, Map<String, Consumer<Variation>> byName) {
    Variation variation = new Variation(old, seed + old.name().hashCode());
    byName.entrySet().stream()
        .filter(e -> old.name().startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .orElseThrow(() -> new AssertionError("nothing varies " + old.name()))
        .getValue()
        .accept(variation);
    Map<String, String> metadata = new LinkedHashMap<>(old.metadata());
    metadata.put("params", Json.text(variation.params));
    return new GoldenFile(old.name(), variation.tensors, metadata);
  }

  /// The name of the case.
  String name() {
    return old.name();
  }

  /// The parameters of the old file.
  Params params() {
    return old.params();
  }

  /// The generator of this variation.
  Random random() {
    return random;
  }

  /// Sets a parameter.
  void set(String name, Object value) {
    params.put(name, value);
  }

  /// Drops an output that the varied case does not have.
  void forget(String output) {
    tensors.remove(GoldenFile.OUT + output);
  }

  /// An input, drawn or old; it can be changed.
  Tensor tensor(String name) {
    return tensors.get("in." + name);
  }

  /// Whether the case has an input.
  boolean has(String name) {
    return old.tensors().containsKey("in." + name);
  }

  /// The axes of an old input.
  int[] axes(String name) {
    return old.tensors().get("in." + name).shape().axes();
  }

  /// Each axis by its place longer: by one, two, one, two, ...
  int[] grown(String name) {
    int[] axes = axes(name);
    for (int i = 0; i < axes.length; i++) {
      axes[i] += 1 + i % 2;
    }
    return axes;
  }

  /// Draws an input from the normal distribution.
  void draw(String name, int... axes) {
    fill(name, DType.F64, random::nextGaussian, axes);
  }

  /// Fills an input.
  void fill(String name, DType type, DoubleSupplier numbers, int... axes) {
    Tensor t = Tensor.zeros(type, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, numbers.getAsDouble());
    }
    tensors.put("in." + name, t);
  }
}
