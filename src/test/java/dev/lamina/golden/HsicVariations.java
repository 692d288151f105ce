package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.tensor.DType;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and hyper-parameters for the `hb_*` cases of training, phases, evaluations and
/// figures: more samples, features and units, other rates.
final class HsicVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.ofEntries(
          entry("hb_train_", HsicVariations::training),
          entry("hb_backprop_monitor", v -> withHead(v, "")),
          entry("hb_format", v -> withHead(v, "")),
          entry("hb_sigma_combined", HsicVariations::combined),
          entry("hb_solve_accuracy", HsicVariations::outputs),
          entry("hb_solve_accuracy_dead", HsicVariations::equalOutputs),
          entry("hb_epoch_metrics", HsicVariations::metrics),
          entry("hb_activation_distribution", HsicVariations::activations),
          entry("hb_needle_kde", HsicVariations::needle),
          entry("hb_curve_smoothing", HsicVariations::curve));

  private HsicVariations() {}

  private static void labels(Variation v, String name, int classes, int samples) {
    v.fill(name, DType.I32, () -> v.random().nextInt(classes), samples);
  }

  /// Chaos would make the tolerances of a needle's later steps meaningless, so its rate is lower.
  private static void training(Variation v) {
    boolean chaotic = v.params().has("grouping");
    v.set("lr", v.params().number("lr") * (chaotic ? 0.2 : 0.9));
    v.set("beta", v.params().number("beta") * 0.9);
    int[] x = v.axes("x");
    x[0] += 3;
    x[1] += 1;
    v.draw("x", x);
    labels(v, "y", v.params().integer("classes"), x[0]);
    weights(v, "", x[1]);
  }

  /// One more unit in every block, but for a last block of one unit.
  ///
  /// @param inputs channels or features of the network's input
  /// @return units of the last block
  private static int weights(Variation v, String prefix, int inputs) {
    int in = inputs;
    int oldIn = v.axes("x")[1];
    for (int i = 0; v.has(prefix + "W" + i); i++) {
      int[] w = v.axes(prefix + "W" + i);
      int out = w[0] == 1 ? 1 : w[0] + 1;
      int[] axes = w.clone();
      axes[0] = out;
      axes[1] = w[1] / oldIn * in; // a map of so many positions may have been flattened
      int fan = axes[1] * (w.length == 4 ? w[2] * w[3] : 1);
      v.fill(prefix + "W" + i, DType.F64, () -> v.random().nextGaussian() / Math.sqrt(fan), axes);
      vectors(v, prefix, i, out);
      oldIn = w[0];
      in = out;
    }
    return in;
  }

  private static void vectors(Variation v, String prefix, int i, int out) {
    for (String name : new String[] {"b", "beta", "rm"}) {
      if (v.has(prefix + name + i)) {
        v.fill(prefix + name + i, DType.F64, () -> v.random().nextGaussian() / 3, out);
      }
    }
    for (String name : new String[] {"gamma", "rv"}) {
      if (v.has(prefix + name + i)) {
        v.fill(prefix + name + i, DType.F64, () -> 0.5 + v.random().nextDouble(), out);
      }
    }
  }

  private static void withHead(Variation v, String prefix) {
    samples(v);
    head(v, weights(v, prefix, v.axes("x")[1] + 1));
  }

  private static void samples(Variation v) {
    v.set("lr", v.params().number("lr") * 0.9);
    int[] x = v.axes("x");
    int[] xt = v.axes("xt");
    int classes = v.axes("V")[0];
    v.draw("x", x[0] + 3, x[1] + 1);
    v.draw("xt", xt[0] + 2, x[1] + 1);
    labels(v, "y", classes, x[0] + 3);
    labels(v, "yt", classes, xt[0] + 2);
  }

  private static void head(Variation v, int features) {
    int classes = v.axes("V")[0];
    v.fill("V", DType.F64, () -> v.random().nextGaussian() / 3, classes, features);
    v.fill("c", DType.F64, () -> v.random().nextGaussian() / 3, classes);
  }

  private static void combined(Variation v) {
    samples(v);
    int features = 0;
    for (int j = 0; j < v.params().integer("nets"); j++) {
      features = weights(v, "n" + j + ".", v.axes("x")[1] + 1);
    }
    head(v, features);
  }

  private static void outputs(Variation v) {
    int classes = v.params().integer("classes");
    v.draw("out", 71, classes + 1);
    labels(v, "y", classes, 71);
  }

  private static void equalOutputs(Variation v) {
    int classes = v.params().integer("classes");
    v.fill("out", DType.F64, () -> 0.25, 23, classes + 1);
    labels(v, "y", classes, 23);
  }

  private static void metrics(Variation v) {
    int[] z = v.axes("z");
    v.draw("z", z[0] + 5, z[1] + 1);
    labels(v, "y", z[1] + 1, z[0] + 5);
  }

  private static void activations(Variation v) {
    int[] act = v.axes("act");
    v.draw("act", act[0] + 20, act[1] + 1);
    labels(v, "y", v.params().integer("classes"), act[0] + 20);
  }

  private static void needle(Variation v) {
    v.set("points", 90.0);
    v.fill("act", DType.F64, () -> Math.tanh(v.random().nextGaussian()), 101);
    labels(v, "y", v.params().integer("classes"), 101);
  }

  private static void curve(Variation v) {
    v.set("half", 3.0);
    v.draw("v", 44);
  }
}
