package dev.lamina.golden;

import dev.lamina.data.Augmentation;
import dev.lamina.data.Dataset;
import dev.lamina.data.Normalization;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.network.Weights;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The cases of what enters a training from outside: augmented pictures, foreign initial weights.
final class DataCases {
  private DataCases() {}

  /// `ph_cifar_transform`: pictures for training and for testing.
  static void transform(GoldenCase c) {
    Tensor image = c.in("image");
    int n = image.axis(0);
    int pad = c.params().integer("pad");
    Dataset data =
        Dataset.ofPixels(image.bytes(), image.shape().sample(), new int[n])
            .normalized(
                new Normalization(
                    Arrays.stream(c.params().numbers("mean")).boxed().toList(),
                    Arrays.stream(c.params().numbers("std")).boxed().toList()))
            .augmented(new Augmentation(pad, true));
    RecordedDraws draws = new RecordedDraws(Map.of("augment", List.of(numbers(c, n, 2 * pad + 1))));
    c.checkMap("train", batch(c, data.drawn(draws, "augment", 0)));
    c.checkMap("test", batch(c, data));
  }

  /// Uniform numbers that give the recorded offsets and mirrors.
  private static Tensor numbers(GoldenCase c, int n, int offsets) {
    Tensor u = Tensor.zeros(DType.F32, n, 3);
    for (int i = 0; i < n; i++) {
      u.set(3 * i, (c.in("top").get(i) + 0.5) / offsets);
      u.set(3 * i + 1, (c.in("left").get(i) + 0.5) / offsets);
      u.set(3 * i + 2, c.in("flip").get(i) == 1 ? 0.25 : 0.75);
    }
    return u;
  }

  private static Tensor batch(GoldenCase c, Dataset data) {
    Tensor x = Tensor.zeros(c.type(), data.sample().batch(data.size()));
    data.batch(0, data.size(), x);
    return x;
  }

  /// `hb_init_seeded`: a chain of dense layers, drawn in network order.
  static void seeded(GoldenCase c) {
    int[] dims = c.params().integers("dims");
    int layers = dims.length - 1;
    List<Settings> blocks = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      Described dense = new Described("dense", Settings.empty().with("outputs", dims[i + 1]));
      blocks.add(Settings.empty().with("name", "" + i).with("layers", List.of(dense)));
    }
    Settings generator = Settings.empty().with("seed", c.params().integer("seed"));
    Settings description =
        Settings.empty()
            .with("type", Settings.spelled(c.type()))
            .with("generator", new Described("mt19937", generator))
            .with("blocks", blocks);
    Network network =
        new NetworkBuilder(new RecordedDraws(Map.of()), c.kernels())
            .build(description, Shape.of(dims[0]), 0);
    Map<String, Tensor> weights = Weights.outside(network);
    for (int i = 0; i < layers; i++) {
      c.check("W" + i, weights.get(i + ".dense.weight"));
      c.check("b" + i, weights.get(i + ".dense.bias"));
    }
  }
}
