package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and hyper-parameters for the `sh_*` cases: more samples, channels and neurons,
/// other temperatures and rates.
final class SoftHebbVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.ofEntries(
          entry("sh_init", SoftHebbVariations::initialScales),
          entry("sh_wta_", SoftHebbVariations::competition),
          entry("sh_conv_", SoftHebbVariations::convolution),
          entry("sh_dense_", SoftHebbVariations::dense),
          entry("sh_edge_", SoftHebbVariations::edge),
          entry("sh_supervised_hebb", SoftHebbVariations::supervised),
          entry("sh_rate", SoftHebbVariations::rates),
          entry("sh_stats_", SoftHebbVariations::statistics),
          entry("sh_unsup_eval_", SoftHebbVariations::neuronLabels),
          entry("sh_operations", v -> v.draw("x", v.grown("x"))),
          entry("sh_att_dropout", SoftHebbVariations::attentionDropout),
          entry("sh_blocks", SoftHebbVariations::network),
          entry("sh_net_", SoftHebbVariations::network),
          entry("sh_net_classifier", SoftHebbVariations::classifier),
          entry("sh_net_simultaneous", SoftHebbVariations::classifier),
          entry("sh_net_mlp", SoftHebbVariations::mlp),
          entry("sh_post_hoc", SoftHebbVariations::mlp),
          entry("sh_bp_", SoftHebbVariations::backprop),
          entry("sh_receptive_field_", SoftHebbVariations::receptiveField),
          entry("sh_patch_boxes", SoftHebbVariations::patchBoxes),
          entry("sh_pgd", SoftHebbVariations::attack),
          entry("sh_zca", SoftHebbVariations::whitening));

  private SoftHebbVariations() {}

  // ---- the rule

  private static void initialScales(Variation v) {
    v.set("R", List.of(3.0, 0.7, 11.0));
    v.set("n", List.of(12.0, 99.0, 1000.0, 27.0));
  }

  private static void competition(Variation v) {
    scale(v, "T", 1.1);
    scale(v, "delta", 0.9);
    double spread = v.name().endsWith("large") ? 300 : 1;
    v.fill("u", DType.F64, () -> spread * v.random().nextGaussian(), v.grown("u"));
  }

  /// Multiplies a parameter of the case, if it has it.
  private static void scale(Variation v, String name, double factor) {
    if (v.params().has(name)) {
      v.set(name, v.params().number(name) * factor);
    }
  }

  private static void rule(Variation v) {
    scale(v, "T", 1.1);
    scale(v, "lr", 0.9);
    scale(v, "q", 1.1);
    scale(v, "delta", 0.9);
  }

  private static void convolution(Variation v) {
    int groups = v.params().integer("groups", 1);
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    rule(v);
    v.draw("x", x[0], x[1] + 1, x[2] + groups, x[3] + 1, x[4] + 2);
    v.draw("w", w[0] + groups, w[1] + 1, w[2], w[3]);
    if (v.has("b")) {
      v.draw("b", w[0] + groups);
    }
  }

  private static void dense(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    rule(v);
    positive(v, "x", x[0], x[1] + 1, x[2] + 3);
    positive(v, "w", w[0] + 2, w[1] + 3);
    if (v.has("b")) {
      v.draw("b", w[0] + 2);
    }
  }

  private static void positive(Variation v, String name, int... axes) {
    v.fill(name, DType.F64, v.random()::nextDouble, axes);
  }

  private static void edge(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    rule(v);
    boolean zero = v.name().endsWith("zero_input");
    v.fill(
        "x",
        DType.F64,
        () -> zero ? 0 : v.random().nextGaussian(),
        x[0] + 1,
        x[1] + 1,
        x[2] + 1,
        x[3]);
    v.draw("w", w[0] + 1, w[1] + 1, w[2], w[3]);
    Tensor weights = v.tensor("w");
    if (v.name().endsWith("equal_neurons")) {
      weights.rows(2, 3).copyFrom(weights.rows(0, 1));
    }
    if (v.name().endsWith("unit_norm")) {
      oneHot(weights); // norms that are exactly 1 in every type
    }
  }

  private static void oneHot(Tensor w) {
    int length = w.size() / w.axis(0);
    for (int i = 0; i < w.size(); i++) {
      w.set(i, i % length == 3 * (i / length) + 1 ? 1 : 0);
    }
  }

  private static void normalize(Tensor w) {
    int length = w.size() / w.axis(0);
    for (int o = 0; o < w.axis(0); o++) {
      double squares = 0;
      for (double value : w.rows(o, o + 1).toDoubles()) {
        squares += value * value;
      }
      for (int i = o * length; i < (o + 1) * length; i++) {
        w.set(i, w.get(i) / Math.sqrt(squares));
      }
    }
  }

  private static void supervised(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    rule(v);
    positive(v, "x", x[0], x[1] + 1, x[2] + 3);
    positive(v, "w", w[0] + 1, w[1] + 3);
    labels(v, "t", w[0] + 1, x[0], x[1] + 1);
  }

  private static void labels(Variation v, String name, int classes, int... axes) {
    v.fill(name, DType.I32, () -> v.random().nextInt(classes), axes);
  }

  // ---- around the rule

  private static void rates(Variation v) {
    scale(v, "lr", 0.9);
    v.draw("w", v.grown("w"));
  }

  private static void statistics(Variation v) {
    int[] w = v.axes("w");
    w[0] += 3;
    w[1] += 1;
    v.draw("w", w);
    normalize(v.tensor("w"));
    Tensor weights = v.tensor("w");
    int length = weights.size() / w[0];
    for (int i = 0; i < weights.size(); i++) {
      weights.set(i, weights.get(i) * (1 + (i / length - 4) * 2e-3));
    }
    v.draw("b", w[0]);
  }

  private static void neuronLabels(Variation v) {
    int classes = v.params().integer("classes") + 1;
    int features = v.axes("x_train")[1] + 1;
    v.set("classes", (double) classes);
    v.draw("x_train", 45, features);
    labels(v, "t_train", classes, 45);
    v.draw("x_test", 22, features);
    labels(v, "t_test", classes, 22);
    v.draw("w", v.axes("w")[0] + 3, features);
  }

  private static void attentionDropout(Variation v) {
    scale(v, "p", 0.8);
    v.draw("x", v.grown("x"));
    positive(v, "u", v.grown("u"));
  }

  // ---- networks

  private static void network(Variation v) {
    List<Params> blocks = v.params().objects("blocks");
    v.set("blocks", blocks.stream().map(SoftHebbVariations::block).toList());
    int[] x = v.axes("x");
    int channels = x[2] + 1;
    images(v, "x");
    for (int b = 0; b < blocks.size(); b++) {
      int[] w = v.axes("w" + b);
      v.draw("w" + b, w[0] + 1, channels, w[2], w[3]);
      channels = w[0] + 1;
    }
  }

  private static void images(Variation v, String name) {
    int[] x = v.axes(name);
    positive(v, name, x[0], x[1] + 1, x[2] + 1, x[3], x[4]);
  }

  private static Map<String, Object> block(Params block) {
    Map<String, Object> layer = new LinkedHashMap<>(block.object("layer").values());
    layer.replace("T", block.object("layer").number("T") * 1.1);
    layer.replace("lr", block.object("layer").number("lr") * 0.9);
    Map<String, Object> varied = new LinkedHashMap<>(block.values());
    varied.put("layer", layer);
    return varied;
  }

  /// Maps keep their size, so the features grow with the neurons of the last block.
  private static void classifier(Variation v) {
    network(v);
    int last = v.params().list("blocks").size() - 1;
    int neurons = v.axes("w" + last)[0];
    int[] w = v.axes("wc");
    int[] mask = v.axes("mask");
    int features = w[1] / neurons * (neurons + 1);
    head(v, w[0] + 1, features, v.axes("t"));
    v.fill("mask", DType.U8, () -> v.random().nextInt(2), mask[0], mask[1] + 1, features);
    if (v.has("xs")) {
      images(v, "xs");
      v.set("epochs", v.params().number("epochs") + 4);
    }
  }

  private static void head(Variation v, int classes, int features, int[] t) {
    scale(v, "lr", 0.9);
    v.fill("wc", DType.F64, () -> v.random().nextGaussian() / 3, classes, features);
    v.draw("bc", classes);
    labels(v, "t", classes, t[0], t[1] + 1);
  }

  private static void mlp(Variation v) {
    v.set("block", block(v.params().object("block")));
    int[] x = v.axes("x");
    int neurons = v.axes("w")[0] + 1;
    positive(v, "x", x[0], x[1] + 1, x[2] + 1, x[3] + 1, x[4]);
    positive(v, "w", neurons, (x[2] + 1) * (x[3] + 1) * x[4]);
    head(v, v.axes("wc")[0] + 1, neurons, v.axes("t"));
  }

  private static void backprop(Variation v) {
    int[] w = v.axes("wk");
    int[] wc = v.axes("wc");
    images(v, "x");
    v.draw("wk", w[0] + 1, w[1] + 1, w[2], w[3]);
    head(v, wc[0] + 1, wc[1] / w[0] * (w[0] + 1), v.axes("t"));
  }

  // ---- analyses

  private static void receptiveField(Variation v) {
    int[] x = v.axes("x0");
    int channels = x[1] + 1;
    scale(v, "power", 1.1);
    v.set("neuron", 1.0);
    v.fill("x0", DType.F64, v.random()::nextDouble, x[0], channels, x[2], x[3]);
    for (int b = 0; v.has("w" + b); b++) {
      int[] w = v.axes("w" + b);
      v.draw("w" + b, w[0] + 1, channels, w[2], w[3]);
      v.draw("rm" + b, channels);
      v.fill("rv" + b, DType.F64, () -> 0.5 + v.random().nextDouble(), channels);
      channels = w[0] + 1;
    }
  }

  private static void patchBoxes(Variation v) {
    v.set("size", 37.0);
    v.set(
        "chain",
        List.of(
            List.of(2.0, 2.0, 0.0, 1.0), List.of(3.0, 1.0, 2.0, 2.0), List.of(5.0, 3.0, 1.0, 1.0)));
    labels(v, "yx", 6, 9, 2);
  }

  private static void attack(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    int classes = v.axes("wc")[0] + 1;
    scale(v, "eps_linf", 1.1);
    scale(v, "eps_l2", 1.1);
    scale(v, "T", 0.9);
    v.set("iterations", v.params().number("iterations") - 3);
    positive(v, "x", x[0] + 1, x[1] + 2);
    v.fill("d", DType.F64, () -> 2 * v.random().nextDouble() - 1, x[0] + 1, x[1] + 2);
    // neurons that are not saturated, else there is no direction to go
    v.fill("w", DType.F64, () -> v.random().nextGaussian() / 4, w[0] + 1, w[1] + 2);
    v.draw("wc", classes, w[0] + 1);
    v.draw("bc", classes);
    labels(v, "t", classes, x[0] + 1);
  }

  private static void whitening(Variation v) {
    v.set("mean", List.of(0.5, 0.4, 0.6, 0.45));
    v.set("std", List.of(0.2, 0.25, 0.3, 0.22));
    int[] x = v.axes("x");
    positive(v, "x", x[0] + 5, 4, x[2] + 1, x[3]);
  }
}
