package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.tensor.DType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and hyper-parameters for the `ph_*` cases of local objectives and of networks.
final class PhsicVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.ofEntries(
          entry("ph_objective_grouped_", PhsicVariations::objective),
          entry("ph_objective_center_width", PhsicVariations::objective),
          entry("ph_three_factor_", PhsicVariations::changeOfWeights),
          entry("ph_pairwise_gaussian", PhsicVariations::changeOfWeights),
          entry("ph_layer_class_", PhsicVariations::classifier),
          entry("ph_mlp_", v -> new Trajectory(v).vary()),
          entry("ph_conv_", v -> new Trajectory(v).vary()));

  private PhsicVariations() {}

  private static void labels(Variation v, int n) {
    int classes = v.params().integer("classes") + 1;
    v.set("classes", (double) classes);
    v.fill("y", DType.I32, () -> v.random().nextInt(classes), n);
  }

  /// Another weight of the label and width of the kernel.
  private static void hsic(Variation v) {
    Map<String, Object> hsic = new LinkedHashMap<>(v.params().object("hsic").values());
    hsic.replace("gamma", v.params().object("hsic").number("gamma") * 0.9);
    hsic.replace("sigma_z", v.params().object("hsic").number("sigma_z") * 1.1);
    v.set("hsic", hsic);
  }

  private static int groups(Variation v) {
    return v.params().object("hsic").integer("groups");
  }

  private static void objective(Variation v) {
    int[] z = v.grown("z");
    z[1] = v.axes("z")[1] + groups(v);
    hsic(v);
    v.draw("z", z);
    labels(v, z[0]);
  }

  private static void changeOfWeights(Variation v) {
    int[] x = v.axes("x");
    int[] w = v.axes("w");
    x[0]++;
    x[1]++;
    w[0] += groups(v);
    w[1]++;
    if (x.length == 4) {
      x[2] += 2;
    }
    hsic(v);
    v.draw("x", x);
    v.draw("w", w);
    labels(v, x[0]);
  }

  private static void classifier(Variation v) {
    int[] z = v.grown("z");
    int features = v.axes("pw")[1] / v.axes("z")[1] * z[1];
    int classes = v.axes("pw")[0] + 1;
    if (z.length == 4) {
      v.set("projection", (double) features + 1);
    }
    v.draw("z", z);
    v.fill("y", DType.I32, () -> v.random().nextInt(classes), z[0]);
    v.draw("pw", classes, features);
    v.draw("pb", classes);
    v.draw("pfb", classes, features);
  }

  /// A network of wider layers that reads more samples in the same batches.
  private static final class Trajectory {
    private final Variation v;
    private final Params p;
    private final PhsicNetwork old;
    private int in;
    private int side;

    Trajectory(Variation v) {
      this.v = v;
      this.p = v.params();
      this.old = new PhsicNetwork(p);
    }

    void vary() {
      int[] x = v.axes("x");
      int[] batches = p.integers("batches");
      x[0] += 2;
      x[1]++;
      in = x[1];
      side = x.length == 4 ? x[2] : 1;
      hsic(v);
      v.draw("x", x);
      labels(v, x[0]);
      v.fill("order", DType.I32, () -> v.random().nextInt(x[0]), Arrays.stream(batches).sum());
      slower("opt_final");
      slower("opt_local");
      v.set("conv", wider("conv"));
      v.set("fc", wider("fc"));
      v.set("proj", p.number("proj") / old.width(1) * width(1));
      for (int l = 1; l <= old.hiddenBlocks(); l++) {
        block(l, batches);
      }
      output();
    }

    /// Half the rate, since the first step of Adam has its size even where a gradient is rounding.
    private void slower(String optimizer) {
      Map<String, Object> varied = new LinkedHashMap<>(p.object(optimizer).values());
      varied.replace("lr", p.object(optimizer).number("lr") / 2);
      v.set(optimizer, varied);
    }

    private List<Double> wider(String name) {
      double more = p.integer("div_groups");
      return Arrays.stream(p.integers(name)).mapToObj(w -> w + more).toList();
    }

    private int width(int l) {
      return old.width(l) + p.integer("div_groups");
    }

    private void block(int l, int[] batches) {
      int width = width(l);
      boolean map = old.isConvolution(l);
      if (!map) {
        in *= side * side;
        side = 1;
      }
      int k = p.integer("kernel");
      int[] w = map ? new int[] {width, in, k, k} : new int[] {width, in};
      weights("th.w" + l, w);
      weights("th.fb" + l, w);
      side = map && p.integers("pool")[l - 1] == 1 ? side / 2 : side;
      if (v.has("th.g" + l)) {
        positive("th.g" + l, width);
        v.draw("th.b" + l, width);
        v.draw("th.rm" + l, width);
        positive("th.rv" + l, width);
      }
      int classes = p.integer("classes") + 1;
      int features = map ? p.integer("proj") / old.width(l) * width : width;
      weights("th.pw" + l, classes, features);
      weights("th.pb" + l, classes);
      weights("th.pfb" + l, classes, features);
      mask(l, batches, map);
      in = width;
    }

    private void mask(int l, int[] batches, boolean map) {
      int largest = Arrays.stream(batches).max().orElseThrow();
      int area = p.flag("spatial") ? 1 : side;
      int[] axes =
          map
              ? new int[] {batches.length, largest, width(l), area, area}
              : new int[] {batches.length, largest, width(l)};
      double drop = p.number("dropout");
      v.fill("mask" + l, DType.U8, () -> v.random().nextDouble() < drop ? 0 : 1, axes);
    }

    private void output() {
      int classes = p.integer("classes") + 1;
      weights("th.wo", classes, in);
      weights("th.bo", classes);
      weights("th.fbo", classes, in);
    }

    private void positive(String name, int... axes) {
      v.fill(name, DType.F64, () -> 0.5 + v.random().nextDouble(), axes);
    }

    /// Weights as they are drawn for a layer, where the case has them; far from 0 where their signs
    /// carry the error.
    private void weights(String name, int... axes) {
      if (v.has(name)) {
        int fanIn = Arrays.stream(axes).skip(1).reduce(1, (a, b) -> a * b);
        double bound = 1 / Math.sqrt(fanIn);
        double least = p.text("feedback").equals("sign_symmetry") ? 0.3 : 0;
        v.fill(name, DType.F64, () -> bound * signed(least), axes);
      }
    }

    private double signed(double least) {
      double size = least + (1 - least) * v.random().nextDouble();
      return v.random().nextBoolean() ? size : -size;
    }
  }
}
