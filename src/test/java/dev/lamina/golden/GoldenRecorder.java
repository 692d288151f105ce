package dev.lamina.golden;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/// Records golden cases anew: inputs of other seeds and shapes, outputs of the reference tier.
///
/// The tolerance in F32 is what the golden README asks for: four times the largest error that
/// sixteen runs in F32 make on inputs moved by up to one F32 step, and at least 1e-5.
final class GoldenRecorder {
  private static final int RUNS = 16;
  private static final double MARGIN = 4;
  private static final double LEAST_TOLERANCE = 1e-5;
  private static final Tier ROUNDED = new Tier(Tier.REFERENCE.kernels(), DType.F32);

  /// What a case hands out while it is recorded: nothing is compared.
  ///
  /// @param wanted names of outputs that the case asks for before it computes them
  private record Recording(List<String> wanted, Map<String, Tensor> taken) implements Outputs {
    @Override
    public boolean has(String name) {
      return wanted.contains(name);
    }

    @Override
    public void take(String name, Tensor got) {
      taken.put(name, got.copy());
    }
  }

  private GoldenRecorder() {}

  /// A file with the inputs and parameters of `varied`, and the outputs that `body` computes.
  static GoldenFile record(GoldenFile varied, Consumer<GoldenCase> body, long seed) {
    Map<String, Tensor> outputs = run(varied, Tier.REFERENCE, body);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    varied.tensors().forEach((name, t) -> put(tensors, name, t));
    outputs.forEach((name, t) -> tensors.put(GoldenFile.OUT + name, t));
    Map<String, String> metadata = new LinkedHashMap<>(varied.metadata());
    metadata.put("tol32", Json.text(tolerances(varied, outputs, body, new Random(seed))));
    return new GoldenFile(varied.name(), tensors, metadata);
  }

  private static void put(Map<String, Tensor> tensors, String name, Tensor t) {
    if (!name.startsWith(GoldenFile.OUT)) {
      tensors.put(name, t);
    }
  }

  private static Map<String, Tensor> run(GoldenFile file, Tier tier, Consumer<GoldenCase> body) {
    Recording recording = new Recording(file.outputs(), new LinkedHashMap<>());
    body.accept(new GoldenCase(file, tier, recording));
    return recording.taken();
  }

  private static Map<String, Object> tolerances(
      GoldenFile file, Map<String, Tensor> wanted, Consumer<GoldenCase> body, Random random) {
    Map<String, Object> tolerances = new LinkedHashMap<>();
    wanted.forEach((name, t) -> start(tolerances, name, t));
    for (int i = 0; i < RUNS; i++) {
      Map<String, Tensor> got = run(moved(file, random), ROUNDED, body);
      tolerances.replaceAll((name, most) ->
          Math.max((Double) most, MARGIN * Verdict.worst(got.get(name), wanted.get(name))));
    }
    return tolerances;
  }

  private static void start(Map<String, Object> tolerances, String name, Tensor t) {
    if (t.type().isFloating()) {
      tolerances.put(name, LEAST_TOLERANCE);
    }
  }

  /// The same file with its floating inputs moved by up to one step of F32; numbers that F32 holds
  /// exactly stay, since ties and zeros are meant.
  private static GoldenFile moved(GoldenFile file, Random random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    file.tensors().forEach((name, t) -> tensors.put(name, moved(t, random)));
    return new GoldenFile(file.name(), tensors, file.metadata());
  }

  private static Tensor moved(Tensor t, Random random) {
    Tensor copy = t.copy();
    for (int i = 0; i < t.size() && t.type().isFloating(); i++) {
      float value = (float) t.get(i);
      boolean exact = value == t.get(i);
      copy.set(i, exact ? value : value + (2 * random.nextDouble() - 1) * Math.ulp(value));
    }
    return copy;
  }
}
