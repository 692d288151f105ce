package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and widths for the cases of `DependenceCases`: more samples, features and classes.
final class DependenceVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.ofEntries(
          entry("hb_kernel_", DependenceVariations::kernels),
          entry("hb_kernel_labels", DependenceVariations::labels),
          entry("hb_kernel_median_floor", DependenceVariations::close),
          entry("hb_hsic_", DependenceVariations::pair),
          entry("hb_mmd", DependenceVariations::pair),
          entry("hb_nhsic_", DependenceVariations::normalized),
          entry("ph_kernel_", DependenceVariations::gradient),
          entry("ph_label_kernel", DependenceVariations::labels),
          entry("ph_hsic_values", DependenceVariations::values),
          entry("ph_objective_", DependenceVariations::objective));

  private DependenceVariations() {}

  private static void scale(Variation v, String name, double factor) {
    if (v.params().has(name)) {
      v.set(name, v.params().number(name) * factor);
    }
  }

  private static void kernels(Variation v) {
    scale(v, "sigma", 1.1);
    v.draw("X", v.grown("X"));
  }

  /// Samples so close that the estimated width meets its floor.
  private static void close(Variation v) {
    v.fill("X", DType.F64, () -> 0.02 * v.random().nextGaussian(), v.grown("X"));
  }

  private static void labels(Variation v) {
    int classes = v.params().integer("classes") + 1;
    scale(v, "sigma", 0.9);
    v.set("classes", (double) classes);
    v.fill("y", DType.I32, () -> v.random().nextInt(classes), v.axes("y")[0] + 3);
  }

  private static void pair(Variation v) {
    scale(v, "sigma", 1.1);
    v.draw("X", v.grown("X"));
    v.draw("Y", v.grown("Y"));
  }

  private static void normalized(Variation v) {
    int[] z = v.grown("Z");
    int m = z[0];
    scale(v, "sigma", 1.1);
    scale(v, "beta", 0.9);
    v.draw("X", m, v.axes("X")[1] + 2);
    v.draw("Z", z);
    if (v.has("y")) {
      int classes = v.params().integer("classes");
      v.fill("y", DType.I32, () -> v.random().nextInt(classes), m);
    } else {
      v.fill("Yt", DType.F64, () -> v.random().nextInt(10), m, 1);
    }
    if (v.name().endsWith("constant")) {
      copyRow(v.tensor("Z"), m);
    } else if (v.name().endsWith("duplicates")) {
      copyRow(v.tensor("Z"), 3);
    }
  }

  /// The first row `times` times.
  private static void copyRow(Tensor t, int times) {
    int width = t.size() / t.axis(0);
    for (int i = width; i < times * width; i++) {
      t.set(i, t.get(i % width));
    }
  }

  private static void gradient(Variation v) {
    int[] axes = v.grown("v");
    scale(v, "sigma", 1.1);
    v.draw("v", axes);
    v.draw("dk", axes[0], axes[0]);
    if (v.name().endsWith("zero") || v.name().endsWith("edge")) {
      double last = v.name().endsWith("zero") ? 0 : 60;
      copyRow(v.tensor("v"), 2);
      for (int i = (axes[0] - 1) * axes[1]; i < axes[0] * axes[1]; i++) {
        v.tensor("v").set(i, last);
      }
    }
  }

  private static void values(Variation v) {
    int m = v.axes("a")[0] + 2;
    v.draw("a", m, m);
    v.draw("b", m, m);
  }

  private static void objective(Variation v) {
    boolean single = v.name().endsWith("batch_of_one");
    int[] z = v.grown("z");
    int m = single ? 1 : z[0];
    int classes = v.params().integer("classes") + 1;
    Map<String, Object> hsic = new LinkedHashMap<>(v.params().object("hsic").values());
    hsic.replaceAll((name, value) -> name.startsWith("sigma") ? (Double) value * 1.1 : value);
    hsic.put("gamma", 1.7);
    v.set("hsic", hsic);
    v.set("classes", (double) classes);
    v.draw("z", m, z[1]);
    boolean one = v.name().endsWith("one_class");
    v.fill("y", DType.I32, () -> one ? 2 : v.random().nextInt(classes), m);
  }
}
