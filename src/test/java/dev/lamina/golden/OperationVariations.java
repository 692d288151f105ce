package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// Other inputs and hyper-parameters for the `op_*` cases: every size grows, every number moves.
final class OperationVariations {
  private static final Map<String, Consumer<OperationVariations>> BY_NAME =
      Map.ofEntries(
          entry("op_conv_", OperationVariations::convolution),
          entry("op_im2col", OperationVariations::patches),
          entry("op_linear", OperationVariations::linear),
          entry("op_reflect_pad", OperationVariations::reflection),
          entry("op_pool_", OperationVariations::pool),
          entry("op_act_", OperationVariations::activation),
          entry("op_dropout", OperationVariations::dropout),
          entry("op_reduce_", v -> v.draw("x", v.grown("x"))),
          entry("op_topk", OperationVariations::topK),
          entry("op_losses", OperationVariations::losses),
          entry("op_softmax_ce", OperationVariations::crossEntropy),
          entry("op_bn", OperationVariations::normalization),
          entry("op_lr_schedules", OperationVariations::schedules),
          entry("op_opt_", OperationVariations::optimizer));

  private final GoldenFile old;
  private final Random random;
  private final Map<String, Object> params;
  private final Map<String, Tensor> tensors;

  private OperationVariations(GoldenFile old, long seed) {
    this.old = old;
    this.random = new Random(seed);
    this.params = new LinkedHashMap<>(old.params().values());
    this.tensors = new LinkedHashMap<>(old.tensors());
  }

  /// The file with other inputs and parameters; its outputs are still the old ones.
  static GoldenFile of(GoldenFile old, long seed) {
    OperationVariations variation = new OperationVariations(old, seed + old.name().hashCode());
    BY_NAME.entrySet().stream()
        .filter(e -> old.name().startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .orElseThrow(() -> new AssertionError("nothing varies " + old.name()))
        .getValue()
        .accept(variation);
    Map<String, String> metadata = new LinkedHashMap<>(old.metadata());
    metadata.put("params", Json.text(variation.params));
    return new GoldenFile(old.name(), variation.tensors, metadata);
  }

  private void convolution() {
    Params p = old.params();
    int g = p.integer("groups");
    int[] x = axes("x");
    int[] w = axes("w");
    Window window = new Window(w[2], w[3], p.integer("stride"), p.integer("dilation"), g);
    int size = 2 * p.integer("pad");
    int n = x[0] + 1;
    int o = w[0] + g;
    draw("x", n, x[1] + g, x[2] + 1, x[3] + 2);
    draw("w", o, w[1] + 1, w[2], w[3]);
    draw("gy", n, o, window.outHeight(x[2] + 1 + size), window.outWidth(x[3] + 2 + size));
    if (has("b")) {
      draw("b", o);
    }
  }

  private void patches() {
    params.put("kernel", List.of(2.0, 3.0));
    draw("x", grown("x"));
  }

  private void linear() {
    int[] x = grown("x");
    int o = axes("w")[0] + 2;
    draw("x", x);
    draw("w", o, x[1]);
    draw("b", o);
    draw("gy", x[0], o);
  }

  private void reflection() {
    int pad = old.params().integer("pad") + 1;
    int[] x = grown("x");
    params.put("pad", (double) pad);
    draw("x", x);
    draw("gy", x[0], x[1], x[2] + 2 * pad, x[3] + 2 * pad);
  }

  private void pool() {
    Params p = old.params();
    Pool pool = new Pool(p.integer("kernel"), p.integer("stride"), p.integer("pad"));
    int[] x = grown("x");
    boolean ties = old.name().endsWith("ties");
    fill("x", DType.F64, () -> ties ? random.nextInt(3) : random.nextGaussian(), x);
    draw("gy", x[0], x[1], pool.out(x[2]), pool.out(x[3]));
  }

  private void activation() {
    params.put("param", old.params().number("param") * 1.1);
    double[] special = {0, 30, -30, 1e-4, -1e-4};
    fill(
        "x",
        DType.F64,
        () -> random.nextInt(8) == 0 ? special[random.nextInt(5)] : 3 * random.nextGaussian(),
        grown("x"));
  }

  private void dropout() {
    params.put("p", 0.3);
    draw("x", grown("x"));
    draw("gy", grown("x"));
    fill("mask", DType.U8, () -> random.nextInt(2), grown("x"));
  }

  private void topK() {
    params.put("k", old.params().number("k") + 1);
    fill("x", DType.F64, () -> random.nextInt(9) / 4.0, grown("x"));
  }

  private void losses() {
    draw("x", grown("x"));
    draw("y", grown("x"));
    fill("b", DType.F64, () -> random.nextInt(2), grown("x"));
  }

  private void crossEntropy() {
    double scale = old.name().endsWith("large") ? 1000 : 1;
    int[] z = grown("z");
    params.put("smoothing", 0.15);
    fill("z", DType.F64, () -> scale * random.nextGaussian(), z);
    fill("t", DType.I32, () -> random.nextInt(z[1]), z[0]);
    draw("gy", z);
  }

  private void normalization() {
    int[] x = grown("x");
    boolean constant = old.name().endsWith("constant_channel");
    int c = constant ? x[1] : x[2];
    params.put("eps", 1e-4);
    params.put("momentum", 0.2);
    draw("x", x);
    draw("gy", x);
    draw("rm", c);
    fill("rv", DType.F64, () -> 0.5 + random.nextDouble(), c);
    if (has("gamma")) {
      draw("gamma", c);
      draw("beta", c);
    }
    if (constant) {
      int map = x[2] * x[3];
      for (int i = 0; i < x[0] * map; i++) {
        tensors.get("in.x").set(i / map * c * map + i % map, 0.7);
      }
    }
  }

  private void optimizer() {
    int[] p = grown("p");
    int steps = old.params().integer("steps") - 2;
    params.put("steps", (double) steps);
    params.put("lr", old.params().number("lr") * 0.9);
    Map<String, Object> h = new LinkedHashMap<>(old.params().object("h").values());
    h.replaceAll((name, value) -> value instanceof Double d ? (Object) (d * 0.9) : value);
    params.put("h", h);
    draw("p", p);
    fill("a", DType.F64, () -> 0.5 + random.nextDouble(), p);
    draw("noise", steps, p[0], p[1]);
    tensors.remove("out.p." + old.params().integer("steps"));
  }

  private void schedules() {
    params.put("lr", old.params().number("lr") * 0.9);
    params.put("n", old.params().number("n") + 15);
    Map<String, Object> all = new LinkedHashMap<>(old.params().object("schedules").values());
    all.put("step", Map.of("size", 4.0, "gamma", 0.6));
    all.put("multistep", Map.of("milestones", List.of(3.0, 3.0, 11.0), "gamma", 0.4));
    all.put("halving", Map.of("epochs", 61.0));
    all.put("cosine", Map.of("period", 44.0, "min", 0.002));
    all.put("hebb_linear", Map.of("ratio", 0.07, "epochs", 2.0));
    params.put("schedules", all);
  }

  private boolean has(String name) {
    return old.tensors().containsKey("in." + name);
  }

  private int[] axes(String name) {
    return old.tensors().get("in." + name).shape().axes();
  }

  /// Each axis by its place longer: by one, two, one, two, ...
  private int[] grown(String name) {
    int[] axes = axes(name);
    for (int i = 0; i < axes.length; i++) {
      axes[i] += 1 + i % 2;
    }
    return axes;
  }

  private void draw(String name, int... axes) {
    fill(name, DType.F64, random::nextGaussian, axes);
  }

  private void fill(String name, DType type, DoubleSupplier numbers, int... axes) {
    Tensor t = Tensor.zeros(type, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, numbers.getAsDouble());
    }
    tensors.put("in." + name, t);
  }
}
