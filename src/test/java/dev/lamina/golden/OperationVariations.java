package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and hyper-parameters for the `op_*` cases: every size grows, every number moves.
final class OperationVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
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

  private OperationVariations() {}

  private static void convolution(Variation v) {
    Params p = v.params();
    int g = p.integer("groups");
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    Window window = new Window(w[2], w[3], p.integer("stride"), p.integer("dilation"), g);
    int size = 2 * p.integer("pad");
    int n = x[0] + 1;
    int o = w[0] + g;
    v.draw("x", n, x[1] + g, x[2] + 1, x[3] + 2);
    v.draw("w", o, w[1] + 1, w[2], w[3]);
    v.draw("gy", n, o, window.outHeight(x[2] + 1 + size), window.outWidth(x[3] + 2 + size));
    if (v.has("b")) {
      v.draw("b", o);
    }
  }

  private static void patches(Variation v) {
    v.set("kernel", List.of(2.0, 3.0));
    v.draw("x", v.grown("x"));
  }

  private static void linear(Variation v) {
    int[] x = v.grown("x");
    int o = v.axes("w")[0] + 2;
    v.draw("x", x);
    v.draw("w", o, x[1]);
    v.draw("b", o);
    v.draw("gy", x[0], o);
  }

  private static void reflection(Variation v) {
    int pad = v.params().integer("pad") + 1;
    int[] x = v.grown("x");
    v.set("pad", (double) pad);
    v.draw("x", x);
    v.draw("gy", x[0], x[1], x[2] + 2 * pad, x[3] + 2 * pad);
  }

  private static void pool(Variation v) {
    Params p = v.params();
    Pool pool = new Pool(p.integer("kernel"), p.integer("stride"), p.integer("pad"));
    int[] x = v.grown("x");
    boolean ties = v.name().endsWith("ties");
    v.fill("x", DType.F64, () -> ties ? v.random().nextInt(3) : v.random().nextGaussian(), x);
    v.draw("gy", x[0], x[1], pool.out(x[2]), pool.out(x[3]));
  }

  private static void activation(Variation v) {
    v.set("param", v.params().number("param") * 1.1);
    double[] special = {0, 30, -30, 1e-4, -1e-4};
    v.fill(
        "x",
        DType.F64,
        () ->
            v.random().nextInt(8) == 0
                ? special[v.random().nextInt(5)]
                : 3 * v.random().nextGaussian(),
        v.grown("x"));
  }

  private static void dropout(Variation v) {
    v.set("p", 0.3);
    v.draw("x", v.grown("x"));
    v.draw("gy", v.grown("x"));
    v.fill("mask", DType.U8, () -> v.random().nextInt(2), v.grown("x"));
  }

  private static void topK(Variation v) {
    v.set("k", v.params().number("k") + 1);
    v.fill("x", DType.F64, () -> v.random().nextInt(9) / 4.0, v.grown("x"));
  }

  private static void losses(Variation v) {
    v.draw("x", v.grown("x"));
    v.draw("y", v.grown("x"));
    v.fill("b", DType.F64, () -> v.random().nextInt(2), v.grown("x"));
  }

  private static void crossEntropy(Variation v) {
    double scale = v.name().endsWith("large") ? 1000 : 1;
    int[] z = v.grown("z");
    v.set("smoothing", 0.15);
    v.fill("z", DType.F64, () -> scale * v.random().nextGaussian(), z);
    v.fill("t", DType.I32, () -> v.random().nextInt(z[1]), z[0]);
    v.draw("gy", z);
  }

  private static void normalization(Variation v) {
    int[] x = v.grown("x");
    boolean constant = v.name().endsWith("constant_channel");
    int c = constant ? x[1] : x[2];
    v.set("eps", 1e-4);
    v.set("momentum", 0.2);
    v.draw("x", x);
    v.draw("gy", x);
    v.draw("rm", c);
    v.fill("rv", DType.F64, () -> 0.5 + v.random().nextDouble(), c);
    if (v.has("gamma")) {
      v.draw("gamma", c);
      v.draw("beta", c);
    }
    if (constant) {
      int map = x[2] * x[3];
      for (int i = 0; i < x[0] * map; i++) {
        v.tensor("x").set(i / map * c * map + i % map, 0.7);
      }
    }
  }

  private static void optimizer(Variation v) {
    int[] p = v.grown("p");
    int steps = v.params().integer("steps") - 2;
    v.set("steps", (double) steps);
    v.set("lr", v.params().number("lr") * 0.9);
    Map<String, Object> h = new LinkedHashMap<>(v.params().object("h").values());
    h.replaceAll((name, value) -> value instanceof Double d ? (Object) (d * 0.9) : value);
    v.set("h", h);
    v.draw("p", p);
    v.fill("a", DType.F64, () -> 0.5 + v.random().nextDouble(), p);
    v.draw("noise", steps, p[0], p[1]);
    v.forget("p." + v.params().integer("steps"));
  }

  private static void schedules(Variation v) {
    v.set("lr", v.params().number("lr") * 0.9);
    v.set("n", v.params().number("n") + 15);
    Map<String, Object> all = new LinkedHashMap<>(v.params().object("schedules").values());
    all.put("step", Map.of("size", 4.0, "gamma", 0.6));
    all.put("multistep", Map.of("milestones", List.of(3.0, 3.0, 11.0), "gamma", 0.4));
    all.put("halving", Map.of("epochs", 61.0));
    all.put("cosine", Map.of("period", 44.0, "min", 0.002));
    all.put("hebb_linear", Map.of("ratio", 0.07, "epochs", 2.0));
    v.set("schedules", all);
  }
}
