package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Map;
import java.util.function.Consumer;

/// Other inputs and hyper-parameters for the cases of `LayerCases`.
final class LayerVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.ofEntries(
          entry("ph_group_div_", LayerVariations::groups),
          entry("ph_activation_dropout", LayerVariations::dropout),
          entry("ph_spatial_dropout", LayerVariations::dropout),
          entry("hb_block_", LayerVariations::block));

  private LayerVariations() {}

  private static void groups(Variation v) {
    int groups = v.params().integer("groups");
    int[] z = v.grown("z");
    z[1] = v.axes("z")[1] + groups;
    v.set("q", v.params().number("q") * 0.9);
    v.set("p", v.params().number("p") * 1.1);
    v.set("delta", v.params().number("delta") * 1.2);
    v.draw("z", z);
    v.draw("dr", z);
    v.draw("dv", z[0], groups);
    if (v.name().endsWith("constant") || v.name().endsWith("delta0")) {
      for (int i = 0; i < z[1] / groups; i++) {
        v.tensor("z").set(i, 0.75); // exact in F32: the recorder moves what is not
      }
    }
  }

  private static void dropout(Variation v) {
    int[] x = v.grown("x");
    int[] mask = v.name().startsWith("ph_spatial") ? new int[] {x[0], x[1], 1, 1} : x;
    v.set("p", v.params().number("p") * 1.3);
    v.draw("x", x);
    v.draw("d", x);
    v.fill("mask", DType.U8, () -> v.random().nextInt(3) == 0 ? 0 : 1, mask);
  }

  /// A residual block has as many outputs as inputs; the neuron that is constant stays so.
  private static void block(Variation v) {
    boolean residual = v.name().startsWith("hb_block_res_");
    int[] x = v.grown("x");
    int[] w = v.axes("W");
    int outputs = residual ? x[1] : w[0] + 1;
    w[0] = outputs;
    w[1] = x[1];
    v.draw("x", x);
    v.draw("W", w);
    v.draw("b", outputs);
    int[] y = x.clone();
    y[1] = outputs;
    v.draw("gy", y);
    if (v.name().endsWith("constant_unit")) {
      Tensor weights = v.tensor("W");
      for (int i = 0; i < x[1]; i++) {
        weights.set(i, 0);
      }
    }
  }
}
