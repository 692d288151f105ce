package dev.lamina.model;

import dev.lamina.data.Dataset;
import dev.lamina.data.InputTransform;
import dev.lamina.data.Safetensors;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.kernel.tier.Tier;
import dev.lamina.layer.Layout;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Pass;
import dev.lamina.network.SettingsJson;
import dev.lamina.network.Tap;
import dev.lamina.network.Weights;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// A trained network that predicts.
///
/// Samples are arrays, one sample a row: images in c,h,w order with pixels in [0, 1], or vectors.
/// What the training did to its samples, resizing and normalising, the model does itself.
/// Thread-safe: any number of threads may predict at once, each with memory of its own.
///
/// ```java
/// Model model = Model.load(Path.of("runs/latest/checkpoint.safetensors"));
/// int[] classes = model.predict(images);
/// ```
public final class Model {
  private static final int BATCH = 100;

  private final Network network;
  private final List<String> classes;
  private final InputTransform transform;
  private final Kernels kernels;
  private final ConcurrentLinkedQueue<Pass> passes = new ConcurrentLinkedQueue<>();

  /// A model on a network, which must not be trained any more.
  ///
  /// @param classes names of the classes, one per output; may be empty
  public Model(Network network, List<String> classes, Kernels kernels) {
    this(network, classes, InputTransform.NONE, kernels);
  }

  /// A model on a network that learned from samples to which `transform` was done; it does the same
  /// to what it is shown.
  ///
  /// @param classes names of the classes, one per output; may be empty
  public Model(Network network, List<String> classes, InputTransform transform, Kernels kernels) {
    this.network = network;
    this.classes = List.copyOf(classes);
    this.transform = transform;
    this.kernels = kernels;
  }

  /// Loads a model with the best kernels that are there.
  ///
  /// @throws LaminaException if the file is broken or no model
  public static Model load(Path file) {
    return load(file, Tier.choose());
  }

  /// Loads a model that computes with the given kernels.
  ///
  /// @throws LaminaException if the file is broken or no model
  public static Model load(Path file, Kernels kernels) {
    Safetensors in = ModelFile.open(file);
    List<String> classes = ModelFile.classes(in);
    String description = in.metadata().getOrDefault("network", "");
    Network network =
        new NetworkBuilder(new Philox(0, kernels), kernels)
            .build(
                SettingsJson.read(description, file.toString()),
                ModelFile.input(in, file),
                classes.size());
    Weights.copyInto(network, ModelFile.tensors(in));
    return new Model(network, classes, ModelFile.transform(in, file), kernels);
  }

  /// Writes the model: one safetensors file with weights in OIHW order under readable names.
  ///
  /// @throws LaminaException if it cannot be written
  public void save(Path file) {
    Safetensors.write(
        file, Weights.outside(network), ModelFile.metadata(network, classes, transform));
  }

  /// The network.
  public Network network() {
    return network;
  }

  /// The names of the classes.
  public List<String> classes() {
    return classes;
  }

  /// The class of each sample: the position of the largest output, the lowest among equals.
  ///
  /// @param x `[n][c·h·w]`
  /// @throws LaminaException if a row has another length than the network's input
  public int[] predict(float[][] x) {
    int[] predicted = new int[x.length];
    float[][] outputs = outputs(x, network.blocks().size() - 1, false);
    for (int i = 0; i < outputs.length; i++) {
      for (int c = 1; c < outputs[i].length; c++) {
        predicted[i] = outputs[i][c] > outputs[i][predicted[i]] ? c : predicted[i];
      }
    }
    return predicted;
  }

  /// The probability of each class as the loss reads the outputs, `[n][classes]`: their softmax, or
  /// for the logistic loss a sigmoid each.
  ///
  /// @param x `[n][c·h·w]`
  public float[][] predictProbabilities(float[][] x) {
    return outputs(x, network.blocks().size() - 1, true);
  }

  /// The features that the last block reads, `[n][features]`; maps in c,h,w order.
  ///
  /// @param x `[n][c·h·w]`
  public float[][] transform(float[][] x) {
    return outputs(x, Math.max(0, network.blocks().size() - 2), false);
  }

  /// The share of samples whose predicted class is `y`, in [0, 1].
  public double score(float[][] x, int[] y) {
    int[] predicted = predict(x);
    int right = 0;
    for (int i = 0; i < y.length; i++) {
      right += predicted[i] == y[i] ? 1 : 0;
    }
    return y.length == 0 ? 0 : (double) right / y.length;
  }

  /// The probability of each class for every sample of a data set, `[n][classes]`.
  ///
  /// @throws LaminaException if its samples have another shape than the network's input
  public float[][] predictProbabilities(Dataset data) {
    List<float[]> rows = new ArrayList<>();
    forEachBatch(
        data,
        pass -> {
          Tensor y = pass.output();
          network.loss().probabilities(kernels, y, y);
          for (int i = 0; i < pass.size(); i++) {
            rows.add(row(y.rows(i, i + 1)));
          }
        });
    return rows.toArray(float[][]::new);
  }

  /// Shows every batch of a data set, in evaluation mode, to a reader.
  ///
  /// @throws LaminaException if its samples have another shape than the network's input
  public void forEachBatch(Dataset data, Consumer<Pass> reader) {
    forEachBatch(data, network.blocks().size() - 1, reader);
  }

  /// Shows every batch of a data set to a reader after block `to`; blocks above are not computed.
  ///
  /// @throws LaminaException if its samples have another shape than the network's input
  public void forEachBatch(Dataset raw, int to, Consumer<Pass> reader) {
    Dataset data = transform.of(raw);
    if (data.sample().size() != network.input().size()
        || (network.input().rank() == 3 && !data.sample().equals(network.input()))) {
      throw new LaminaException(
          "the network reads samples of "
              + network.input()
              + ", but those of '"
              + data.name()
              + "' are "
              + data.sample()
              + "; take the data set that it was trained on");
    }
    Pass pass = take();
    for (int at = 0; at < data.size(); at += BATCH) {
      int n = Math.min(BATCH, data.size() - at);
      pass.begin(n);
      data.batch(at, n, pass.input(), pass.labels());
      pass.evaluate(0, to);
      reader.accept(pass);
    }
    passes.add(pass);
  }

  private float[][] outputs(float[][] x, int block, boolean probabilities) {
    float[][] rows = new float[x.length][];
    Pass pass = take();
    for (int at = 0; at < x.length; at += BATCH) {
      int n = Math.min(BATCH, x.length - at);
      pass.begin(n);
      for (int i = 0; i < n; i++) {
        fill(pass.input(), i, transform.of(x[at + i], network.input()), at + i);
      }
      pass.evaluate(0, block);
      Tensor y = pass.tap(block, Tap.Y);
      if (probabilities) {
        network.loss().probabilities(kernels, y, y);
      }
      for (int i = 0; i < n; i++) {
        rows[at + i] = row(y.rows(i, i + 1));
      }
    }
    passes.add(pass);
    return rows;
  }

  private Pass take() {
    Pass free = passes.poll();
    if (free != null) {
      return free;
    }
    Pass.Extent all = new Pass.Extent(0, network.blocks().size() - 1, BATCH);
    return new Pass(network, kernels, new Philox(0, kernels), all, "predict");
  }

  private void fill(Tensor input, int row, float[] sample, int number) {
    int length = network.input().size();
    if (sample.length != length) {
      throw new LaminaException(
          "sample "
              + number
              + " has "
              + sample.length
              + " numbers, but the network reads "
              + length
              + " (c,h,w order of "
              + network.input()
              + ")");
    }
    int channels = network.input().axis(-1);
    int pixels = length / channels;
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        input.set(row * length + p * channels + c, sample[c * pixels + p]);
      }
    }
  }

  private static float[] row(Tensor y) {
    Tensor outside = y.shape().rank() == 4 ? Layout.map().toOutside(y) : y;
    float[] values = new float[outside.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) outside.get(i);
    }
    return values;
  }
}
