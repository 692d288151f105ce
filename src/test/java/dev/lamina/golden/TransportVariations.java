package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.tensor.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and hyper-parameters for the `fb_*` cases: more samples, inputs and outputs.
final class TransportVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.ofEntries(
          entry("fb_dense_", TransportVariations::dense),
          entry("fb_conv_", TransportVariations::convolution),
          entry("ph_feedback_dense", TransportVariations::dense),
          entry("ph_feedback_conv", TransportVariations::convolution),
          entry("fb_init", TransportVariations::initial),
          entry("fb_metrics", TransportVariations::matrices),
          entry("fb_constrain", TransportVariations::matrices),
          entry("fb_mirror_", TransportVariations::mirror),
          entry("fb_mirror_conv_", TransportVariations::mirrorOfMaps),
          entry("fb_mirror_growth", TransportVariations::growth),
          entry("fb_fc_", TransportVariations::fullyConnected),
          entry("fb_lenet_grads_", TransportVariations::network),
          entry("fb_train_", TransportVariations::network),
          entry("fb_train_resnet_", v -> v.draw("x", v.axes("x"))),
          entry("fb_manhattan_", TransportVariations::manhattan),
          entry("ph_optimizers", TransportVariations::optimizers));

  private TransportVariations() {}

  // ---- single projections

  private static void dense(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    x[0] += 2;
    x[1] += 1;
    w[0] += 1;
    w[1] += 1;
    v.draw("x", x);
    v.draw("w", w);
    projection(v, x[0], w[0], new int[] {w[0], w[1]}, new int[] {x[0], w[0]});
  }

  private static void convolution(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    int[] d = v.axes(v.has("gy") ? "gy" : "d");
    int groups = v.params().integer("groups", 1);
    x[0] += 1;
    x[1] += groups;
    w[0] += groups;
    w[1] += 1;
    d[0] += 1;
    d[1] += groups;
    v.draw("x", x);
    v.draw("w", w);
    projection(v, x[0], w[0], w, d);
  }

  /// Draws what goes with a projection; `fb` of a direct feedback has a row for each class.
  private static void projection(Variation v, int samples, int outputs, int[] w, int[] d) {
    v.draw(v.has("b") ? "b" : "bias", outputs);
    v.draw(v.has("gy") ? "gy" : "d", d);
    int[] fb = w.clone();
    if (v.has("e")) {
      fb[0] = v.axes("e")[1] + 1;
      v.draw("e", samples, fb[0]);
    }
    if (v.has("fb")) {
      v.draw("fb", fb);
    }
  }

  private static void initial(Variation v) {
    for (String name : List.of("u_d", "u_c")) {
      v.fill(name, DType.F64, v.random()::nextDouble, v.grown(name));
    }
  }

  private static void matrices(Variation v) {
    for (String name : List.of("w", "w0", "fb")) {
      if (v.has(name)) {
        int[] axes = v.grown(name);
        axes[0] = v.axes(name)[0];
        v.draw(name, axes);
      }
    }
  }

  private static void mirror(Variation v) {
    int[] noise = v.axes("noise");
    int[] w = v.axes("w");
    v.draw("noise", noise[0], noise[1] + 3, noise[2] + 1);
    v.draw("w", w[0] + 1, w[1] + 1);
    v.draw("fb", w[0] + 1, w[1] + 1);
    if (v.has("b")) {
      v.draw("b", w[0] + 1);
    }
  }

  private static void mirrorOfMaps(Variation v) {
    int[] noise = v.axes("noise");
    int[] w = v.axes("w");
    v.draw("noise", noise[0], noise[1] + 1, noise[2] + 1, noise[3] + 1, noise[4]);
    v.draw("w", w[0] + 1, w[1] + 1, w[2], w[3]);
    v.draw("fb", w[0] + 1, w[1] + 1, w[2], w[3]);
  }

  private static void growth(Variation v) {
    int[] probe = v.axes("probe");
    v.set("damping", 0.7);
    v.draw("probe", probe[0] + 2, probe[1] + 1);
    v.draw("fb", v.axes("fb")[0] + 1, probe[1] + 1);
  }

  // ---- networks

  /// Each layer has one more output than before, but the last.
  private static void fullyConnected(Variation v) {
    int layers = v.params().integer("layers");
    int samples = v.axes("x")[0] + 2;
    int inputs = v.axes("x")[1] + 1;
    v.draw("x", samples, inputs);
    oneHot(v, samples, v.axes("y")[1]);
    for (int l = 0; l < layers; l++) {
      int outputs = v.axes("w" + l)[0] + (l < layers - 1 ? 1 : 0);
      v.draw("w" + l, outputs, inputs);
      v.draw("b" + l, outputs);
      if (v.has("fb" + l)) {
        v.draw("fb" + l, outputs, inputs);
      }
      if (v.has("u" + l)) {
        int[] u = v.axes("u" + l);
        v.fill("u" + l, DType.F64, v.random()::nextDouble, u[0], u[1], inputs);
      }
      inputs = outputs;
    }
  }

  private static void oneHot(Variation v, int samples, int classes) {
    v.fill("y", DType.F64, () -> 0, samples, classes);
    for (int i = 0; i < samples; i++) {
      v.tensor("y").set(i * classes + v.random().nextInt(classes), 1);
    }
  }

  /// Other numbers for all tensors of the network, one more output for each convolution.
  private static void network(Variation v) {
    v.draw("x", v.axes("x"));
    int inputs = v.axes("x")[1];
    for (Object entry : v.params().list("net")) {
      List<?> layer = (List<?>) entry;
      if (layer.get(0).equals("conv") || layer.get(0).equals("dense")) {
        inputs = redraw(v, (String) layer.get(1), layer.get(0).equals("conv"), inputs);
      }
    }
  }

  private static int redraw(Variation v, String name, boolean grows, int inputs) {
    int[] w = v.axes("p." + name + ".w");
    w[0] += grows ? 1 : 0;
    w[1] = inputs;
    double scale = 1 / Math.sqrt((double) w[1] * (w.length > 2 ? w[2] * w[3] : 1));
    v.fill("p." + name + ".w", DType.F64, () -> scale * v.random().nextGaussian(), w);
    v.fill("p." + name + ".b", DType.F64, () -> 0.1 * v.random().nextGaussian(), w[0]);
    String fb = "fb." + name;
    if (v.has(fb)) {
      List<Integer> axes = new ArrayList<>();
      int[] old = v.axes(fb);
      boolean steps = old.length > w.length;
      for (int axis : w) {
        axes.add(axis);
      }
      if (!steps && old[0] != v.axes("p." + name + ".w")[0]) {
        axes.set(0, old[0]);
      }
      if (steps) {
        axes.addFirst(old[0]);
      }
      int[] all = axes.stream().mapToInt(Integer::intValue).toArray();
      v.fill(fb, DType.F64, () -> scale * v.random().nextGaussian(), all);
    }
    return w[0];
  }

  // ---- optimizers

  private static void manhattan(Variation v) {
    int[] w = v.grown("w");
    v.draw("w", w);
    v.draw("g", v.axes("g")[0], w[0], w[1]);
  }

  private static void optimizers(Variation v) {
    int n = v.axes("w")[0] + 3;
    v.draw("w", n);
    v.draw("grads", v.axes("grads")[0], n);
  }
}
