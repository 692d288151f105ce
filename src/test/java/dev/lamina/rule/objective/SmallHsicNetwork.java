package dev.lamina.rule.objective;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.network.Described;
import dev.lamina.network.Figures;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.network.Weights;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import dev.lamina.testkit.Numbers;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Three blocks of dense layers on a few samples, in F64 on the reference tier.
final class SmallHsicNetwork {
  static final int FEATURES = 6;
  static final int CLASSES = 3;
  static final int SAMPLES = 20;
  static final int BATCH = 8;

  private static final List<Integer> WIDTHS = List.of(5, 5, CLASSES);

  final Kernels kernels;
  final Numbers numbers;
  final Network network;
  final Dataset data;
  final List<Map<String, Double>> batches = new ArrayList<>();

  SmallHsicNetwork(Settings rule) {
    this(rule, new ReferenceKernels());
  }

  SmallHsicNetwork(Settings rule, Kernels kernels) {
    this.kernels = kernels;
    this.numbers = Numbers.of(kernels, DType.F64);
    this.data = data(numbers);
    Described of = new Described("hsic-bottleneck", rule);
    List<Settings> blocks = new ArrayList<>();
    for (int i = 0; i < WIDTHS.size(); i++) {
      Settings outputs = Settings.empty().with("outputs", WIDTHS.get(i));
      List<Described> layers =
          List.of(
              new Described("dense", outputs), Described.of("batch-norm"), Described.of("tanh"));
      blocks.add(Settings.empty().with("name", "b" + (i + 1)).with("layers", layers));
    }
    Settings description =
        Settings.empty().with("type", "f64").with("rule", of).with("blocks", blocks);
    this.network =
        new NetworkBuilder(new Philox(numbers.seed(), kernels), kernels)
            .build(description, Shape.of(FEATURES), CLASSES);
  }

  private static Dataset data(Numbers numbers) {
    Tensor y = numbers.labels("y", SAMPLES, CLASSES);
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = (int) y.get(i);
    }
    return Dataset.of(samples(numbers), labels);
  }

  static float[][] samples(Numbers numbers) {
    Tensor x = numbers.normal("x", SAMPLES, FEATURES);
    float[][] samples = new float[SAMPLES][FEATURES];
    for (int i = 0; i < x.size(); i++) {
      samples[i / FEATURES][i % FEATURES] = (float) x.get(i);
    }
    return samples;
  }

  /// One epoch of descent at rate 0.01 with decay 0.1; the last of its three batches is shorter.
  static Settings phase(String... blocks) {
    Described sgd = new Described("sgd", Settings.empty().with("decay", 0.1));
    return Settings.empty()
        .with("name", "phase")
        .with("learn", List.of(blocks))
        .with("epochs", 1)
        .with("batch", BATCH)
        .with("order", "file")
        .with("optimizer", sgd)
        .with("rate", 0.01);
  }

  static Settings all() {
    return phase("b1", "b2", "b3");
  }

  SmallHsicNetwork train(Settings... phases) {
    return train(data, phases);
  }

  SmallHsicNetwork train(Dataset on, Settings... phases) {
    List<Phase> list = List.of(phases).stream().map(Phase::of).toList();
    Listener recorder =
        new Listener() {
          @Override
          public void stepped(Trainer trainer) {
            Figures figures = new Figures();
            trainer.figures(figures);
            batches.add(figures.values());
          }
        };
    Trainer.Job job = new Trainer.Job(network, list, on, on, Path.of(""));
    new Trainer(job, kernels, new Philox(numbers.seed(), kernels), recorder).run();
    return this;
  }

  /// A copy of every tensor by its name.
  Map<String, Tensor> tensors() {
    return Weights.outside(network);
  }

  Tensor tensor(String name) {
    return tensors().get(name);
  }
}
