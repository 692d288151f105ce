package dev.lamina;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.model.Model;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Settings;
import dev.lamina.tensor.LaminaException;
import dev.lamina.train.Listener;
import dev.lamina.train.Phase;
import dev.lamina.train.Trainer;
import java.nio.file.Path;
import java.util.List;

/// A two-layer classifier: SoftHebb neurons learn from samples alone, a linear head from their
/// labels.
///
/// Made by `Lamina.softHebb`; every method gives a changed copy, `fit` trains. Samples should be
/// non-negative and of order 1, like pixels in [0, 1]. The defaults are those of the preset
/// `mnist-softhebb-mlp` (`specs/softhebb.md`, section 30).
///
/// @param neurons hidden neurons, ≥ 1
/// @param epochs passes of the unsupervised layer, default 1
/// @param headEpochs passes of the head, default 10
/// @param radius mean norm of the initial weights, default 10: 2 to 10 work best
/// @param inverseTemperature T of the competition, default 12: larger is harder
/// @param rate learning rate η₀, default 0.045
/// @param seed seed of all random numbers, default 0
public record SoftHebbClassifier(
    int neurons,
    int epochs,
    int headEpochs,
    double radius,
    double inverseTemperature,
    double rate,
    long seed) {
  /// The defaults.
  SoftHebbClassifier(int neurons) {
    this(neurons, 1, 10, 10, 12, 0.045, 0);
  }

  /// A copy with other numbers of passes.
  public SoftHebbClassifier epochs(int unsupervised, int head) {
    return new SoftHebbClassifier(
        neurons, unsupervised, head, radius, inverseTemperature, rate, seed);
  }

  /// A copy with another initial radius.
  public SoftHebbClassifier radius(double newRadius) {
    return new SoftHebbClassifier(
        neurons, epochs, headEpochs, newRadius, inverseTemperature, rate, seed);
  }

  /// A copy with another inverse temperature.
  public SoftHebbClassifier inverseTemperature(double newInverseTemperature) {
    return new SoftHebbClassifier(
        neurons, epochs, headEpochs, radius, newInverseTemperature, rate, seed);
  }

  /// A copy with another learning rate.
  public SoftHebbClassifier rate(double newRate) {
    return new SoftHebbClassifier(
        neurons, epochs, headEpochs, radius, inverseTemperature, newRate, seed);
  }

  /// A copy with another seed.
  public SoftHebbClassifier seed(long newSeed) {
    return new SoftHebbClassifier(
        neurons, epochs, headEpochs, radius, inverseTemperature, rate, newSeed);
  }

  /// Trains on arrays with the best kernels that are there, on all processors.
  ///
  /// @param x `[n][d]`, one sample a row
  /// @param y class of each sample, from 0
  /// @throws IllegalArgumentException if the lengths differ or a label is negative
  public Model fit(float[][] x, int[] y) {
    return fit(Dataset.of(x, y), Tier.choose());
  }

  /// Trains on a data set with the given kernels.
  public Model fit(Dataset data, Kernels kernels) {
    if (data.classes().isEmpty()) {
      throw new LaminaException("the data set '" + data.name() + "' has no labels to learn from");
    }
    Philox draws = new Philox(seed, kernels);
    Network network =
        new NetworkBuilder(draws, kernels)
            .build(description(), data.sample(), data.classes().size());
    Trainer.Job job =
        new Trainer.Job(
            network, phases(), data, data.take(0), Path.of(System.getProperty("java.io.tmpdir")));
    new Trainer(job, kernels, draws, Listener.SILENT).run();
    return new Model(network, data.classes(), data.transform(), kernels);
  }

  private Settings description() {
    Settings hidden =
        Settings.empty()
            .with("name", "hidden")
            .with(
                "layers",
                List.of(
                    Described.of("flatten"),
                    described(
                        "dense",
                        Settings.empty()
                            .with("outputs", neurons)
                            .with("bias", false)
                            .with(
                                "initial",
                                described(
                                    "positive-radius", Settings.empty().with("radius", radius)))),
                    described("softmax", Settings.empty().with("inverse-temperature", 5))))
            .with(
                "rule",
                described(
                    "soft-hebb",
                    Settings.empty()
                        .with("competition", "soft")
                        .with("inverse-temperature", inverseTemperature)
                        .with("rate", rate)
                        .with("power", 0.2)));
    Settings head =
        Settings.empty().with("name", "head").with("layers", List.of(Described.of("dense")));
    return Settings.empty().with("blocks", List.of(hidden, head));
  }

  private List<Phase> phases() {
    return List.of(
        phase("unsupervised", "hidden", epochs, 32), phase("head", "head", headEpochs, 64));
  }

  private static Phase phase(String name, String block, int epochs, int batch) {
    return Phase.of(
        Settings.empty()
            .with("name", name)
            .with("learn", List.of(block))
            .with("epochs", epochs)
            .with("batch", batch));
  }

  private static Described described(String kind, Settings settings) {
    return new Described(kind, settings);
  }
}
