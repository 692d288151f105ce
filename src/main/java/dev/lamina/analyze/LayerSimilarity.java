package dev.lamina.analyze;

import dev.lamina.data.Dataset;
import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Philox;
import dev.lamina.layer.Layer;
import dev.lamina.measure.Cka;
import dev.lamina.measure.Linear;
import dev.lamina.network.Block;
import dev.lamina.network.Network;
import dev.lamina.network.Pass;
import dev.lamina.network.Tap;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// What the layers of a network make of some samples, as centred kernel matrices: two networks are
/// compared layer by layer through them.
///
/// ```
/// CKA(A, B) = Σ (Ā ∘ B̄) / √(Σ Ā² · Σ B̄²),   Ā = H A Aᵀ H       A [m, features] of a layer
/// ```
///
/// Layers that only give the features another shape are left out. All run in evaluation mode.
///
/// Source: Kornblith et al. 2019, "Similarity of neural network representations revisited".
///
/// @param names `BLOCK.LAYER`, from input to output
/// @param matrices Ā of each layer, F64 `[m, m]`
public record LayerSimilarity(List<String> names, List<Tensor> matrices) {
  /// Keeps unmodifiable copies.
  public LayerSimilarity {
    names = List.copyOf(names);
    matrices = List.copyOf(matrices);
  }

  /// Shows the first samples of a data set to a network, all in one batch.
  ///
  /// @param data samples as the network sees them
  /// @param samples how many, ≥ 2
  /// @throws dev.lamina.tensor.LaminaException if there are fewer
  public static LayerSimilarity of(Network network, Dataset data, int samples, Kernels kernels) {
    Dataset shown = data.take(samples);
    int last = network.blocks().size() - 1;
    Pass pass =
        new Pass(
            network, kernels, new Philox(0, kernels), new Pass.Extent(0, last, samples), "cka");
    pass.begin(samples);
    shown.batch(0, samples, pass.input());
    pass.evaluate(0, last);
    List<String> names = new ArrayList<>();
    List<Tensor> matrices = new ArrayList<>();
    Linear linear = new Linear(kernels, samples);
    for (int b = 0; b <= last; b++) {
      Block block = network.blocks().get(b);
      for (int l = 0; l < block.layers().size(); l++) {
        Layer layer = block.layers().get(l);
        if (!layer.isView()) {
          Tensor k = Tensor.zeros(DType.F64, samples, samples);
          linear.matrix(k, pass.tap(b, new Tap(block.layerNames().get(l))));
          kernels.matrices().center(k, k);
          names.add(block.name() + "." + block.layerNames().get(l));
          matrices.add(k);
        }
      }
    }
    return new LayerSimilarity(names, matrices);
  }

  /// CKA of every layer of this network (rows) with every layer of another (columns), in [0, 1].
  ///
  /// @param other made from the same samples
  /// @throws IllegalArgumentException if it was made from another number of samples
  public double[][] cka(LayerSimilarity other, Kernels kernels) {
    int samples = matrices.getFirst().axis(0);
    if (other.matrices.getFirst().axis(0) != samples) {
      throw new IllegalArgumentException(
          samples + " samples against " + other.matrices.getFirst().axis(0));
    }
    Cka cka = new Cka(kernels, samples);
    Tensor value = Tensor.zeros(DType.F64, 1);
    double[][] values = new double[names.size()][other.names.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values[i].length; j++) {
        cka.value(value, matrices.get(i), other.matrices.get(j));
        values[i][j] = value.get(0);
      }
    }
    return values;
  }
}
