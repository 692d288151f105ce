package dev.lamina.rule.objective;

import dev.lamina.layer.Layer;
import dev.lamina.network.Block;
import dev.lamina.network.Tap;
import dev.lamina.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where in a block a local objective reads the activity `z`.
///
/// It is the output of a named layer, or else of the last layer before division and dropout: those
/// prepare `z` for the next block, and the objective sees it as it is (`specs/phsic.md`, section
/// 7.1).
///
/// @param tap the place
/// @param shape shape of a sample of `z`, `[h, w, c]` or `[features]`
record LocalPlace(Tap tap, Shape shape) {
  private static final Set<String> FOR_THE_NEXT_BLOCK =
      Set.of("divisive-norm", "dropout", "alpha-dropout");

  /// The place in a block.
  ///
  /// @param at name of the layer whose output is `z`, if it is not found by itself
  /// @throws IllegalArgumentException if there is no such layer, or nothing below it to be trained
  static LocalPlace of(Block block, Optional<String> at) {
    int first = block.chain().firstTrained();
    int layer = at.isPresent() ? named(block, at.get()) : beforeDivision(block.layers(), first);
    if (layer < first) {
      throw new IllegalArgumentException(
          "block '"
              + block.name()
              + "' has nothing to train at or below layer '"
              + block.layerNames().get(layer)
              + "', where its objective reads");
    }
    Tap tap = new Tap(block.layerNames().get(layer));
    return new LocalPlace(tap, block.layers().get(layer).output());
  }

  private static int named(Block block, String name) {
    int layer = block.layerNames().indexOf(name);
    if (layer < 0) {
      throw new IllegalArgumentException(
          "block '"
              + block.name()
              + "' has no layer '"
              + name
              + "' to read its objective at; it has "
              + String.join(", ", block.layerNames()));
    }
    return layer;
  }

  private static int beforeDivision(List<Layer> layers, int first) {
    for (int l = first + 1; l < layers.size(); l++) {
      if (FOR_THE_NEXT_BLOCK.contains(layers.get(l).kind())) {
        return l - 1;
      }
    }
    return layers.size() - 1;
  }
}
