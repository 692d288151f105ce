package dev.lamina.model;

import dev.lamina.data.Dataset;
import dev.lamina.data.Npy;
import dev.lamina.layer.Layout;
import dev.lamina.network.Tap;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/// Writes what a block of a model makes of a data set as NumPy arrays.
///
/// @param model the model
/// @param block position of the block whose output is written
public record FeatureExport(Model model, int block) {
  /// The shape of one sample's features as it is written: `[c, h, w]` or `[features]`.
  public Shape sample() {
    Shape inside = model.network().blocks().get(block).output();
    return inside.rank() == 3 ? Layout.map().outsideShape(inside) : inside;
  }

  /// Writes the features, `[n, c, h, w]` or `[n, features]`, batch by batch.
  ///
  /// @param progress hears how many samples are written
  /// @throws dev.lamina.tensor.LaminaException if the data do not fit the network, or the file
  ///   cannot be written
  public void features(Dataset data, Path file, IntConsumer progress) {
    DType type = model.network().type();
    try (Npy out = Npy.create(file, type, data.size(), sample())) {
      int[] done = {0};
      model.forEachBatch(
          data,
          block,
          pass -> {
            Tensor y = pass.tap(block, Tap.Y);
            out.append(y.shape().rank() == 4 ? Layout.map().toOutside(y) : y, pass.size());
            done[0] += pass.size();
            progress.accept(done[0]);
          });
      out.finish();
    }
  }

  /// Writes the labels, I32 `[n]`, -1 for none.
  ///
  /// @throws dev.lamina.tensor.LaminaException if the file cannot be written
  public static void labels(Dataset data, Path file) {
    Tensor labels = Tensor.zeros(DType.I32, data.size());
    for (int i = 0; i < data.size(); i++) {
      labels.set(i, data.label(i));
    }
    Npy.write(file, labels);
  }
}
