package dev.lamina.analyze;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Mode;
import dev.lamina.measure.ClassResponses;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What a block makes of a data set, class by class, with the statistics of each batch.
///
/// @param network the network
/// @param block position of the block
/// @param batch samples per batch
/// @param kernels the arithmetic
public record OutputsByClass(Network network, int block, int batch, Kernels kernels) {
  /// Means and deviations of the block's units.
  public ClassResponses responses(Dataset data) {
    int units = network.blocks().get(block).output().size();
    ClassResponses responses = new ClassResponses(data.classes().size(), units);
    forEach(data, pass -> responses.add(pass.tap(block, Tap.Y), pass.labels()));
    return responses;
  }

  /// The outputs of the block's first unit for each class.
  public List<double[]> values(Dataset data) {
    List<List<Double>> values = new ArrayList<>();
    data.classes().forEach(name -> values.add(new ArrayList<>()));
    forEach(data, pass -> add(values, pass.tap(block, Tap.Y), pass.labels()));
    return values.stream()
        .map(of -> of.stream().mapToDouble(Double::doubleValue).toArray())
        .toList();
  }

  private static void add(List<List<Double>> values, Tensor outputs, Tensor labels) {
    int units = outputs.size() / labels.size();
    for (int i = 0; i < labels.size(); i++) {
      int label = (int) labels.get(i);
      if (label >= 0) {
        values.get(label).add(outputs.get(i * units));
      }
    }
  }

  /// A last batch of one sample has no statistics and is left out.
  private void forEach(Dataset data, Consumer<Pass> each) {
    Pass.Extent extent = new Pass.Extent(0, block, batch);
    Pass pass = new Pass(network, kernels, new Philox(0, kernels), extent, "outputs");
    for (int at = 0; at + 1 < data.size(); at += batch) {
      pass.begin(Math.min(batch, data.size() - at));
      data.batch(at, pass.size(), pass.input(), pass.labels());
      for (int b = 0; b <= block; b++) {
        pass.forward(b, Mode.BATCH, false);
      }
      each.accept(pass);
    }
  }
}
