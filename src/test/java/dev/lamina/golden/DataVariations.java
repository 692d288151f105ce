package dev.lamina.golden;

import dev.lamina.tensor.DType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Other pictures, offsets, widths and seeds for the cases of what enters a training from outside.
final class DataVariations {
  static final Map<String, Consumer<Variation>> BY_NAME =
      Map.of(
          "ph_cifar_transform", DataVariations::transform,
          "hb_init_seeded", DataVariations::seeded);

  private DataVariations() {}

  private static void transform(Variation v) {
    int[] axes = v.axes("image");
    int n = axes[0] + 2;
    int pad = v.params().integer("pad") - 1;
    v.set("pad", 1.0 * pad);
    v.set("mean", List.of(0.2, 0.4, 0.6));
    v.set("std", List.of(0.5, 0.25, 0.125));
    v.fill("image", DType.U8, () -> v.random().nextInt(256), n, axes[1], axes[2] + 1, axes[3] - 1);
    v.fill("top", DType.I32, () -> v.random().nextInt(2 * pad + 1), n);
    v.fill("left", DType.I32, () -> v.random().nextInt(2 * pad + 1), n);
    v.fill("flip", DType.I32, () -> v.random().nextInt(2), n);
  }

  private static void seeded(Variation v) {
    v.set("seed", 77.0);
    v.set("dims", List.of(9.0, 7.0, 6.0, 4.0));
  }
}
