package dev.lamina.layer;

import dev.lamina.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Layers in order, each reading the one before it: a block, or a part of a composite layer.
///
/// @param name its name in the composite layer, or the block's
/// @param layers from input to output; none gives the input unchanged
/// @param layerNames the name of each layer, unique in the chain
public record Chain(String name, List<Layer> layers, List<String> layerNames) {
  /// Keeps unmodifiable copies.
  ///
  /// @throws IllegalArgumentException if there are not as many names as layers
  public Chain {
    layers = List.copyOf(layers);
    layerNames = List.copyOf(layerNames);
    if (layers.size() != layerNames.size()) {
      throw new IllegalArgumentException(layers.size() + " layers, but names " + layerNames);
    }
  }

  /// A chain without layers.
  public static Chain identity(String name) {
    return new Chain(name, List.of(), List.of());
  }

  /// A layer with its name below the chain, for example `residual.body.convolution`.
  ///
  /// @param name layers and chains on the way to it, joined by dots
  /// @param layer the layer
  public record Named(String name, Layer layer) {}

  /// The shape of an output sample for an input sample of shape `input`.
  public Shape output(Shape input) {
    return layers.isEmpty() ? input : layers.getLast().output();
  }

  /// Every layer from input to output; a composite one is followed by the layers of its chains.
  public List<Named> all() {
    List<Named> all = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      String layerName = layerNames.get(l);
      all.add(new Named(layerName, layers.get(l)));
      for (Chain inner : layers.get(l).chains()) {
        String prefix = layerName + "." + inner.name + ".";
        inner.all().forEach(below -> all.add(new Named(prefix + below.name, below.layer)));
      }
    }
    return all;
  }

  /// Trained parameters in the order of `all`.
  public List<Parameter> parameters() {
    return all().stream().flatMap(named -> named.layer.parameters().stream()).toList();
  }

  /// The position of the first layer that has parameters, itself or in its chains; the number of
  /// layers if none has.
  public int firstTrained() {
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      if (!layer.parameters().isEmpty()
          || layer.chains().stream().anyMatch(c -> !c.parameters().isEmpty())) {
        return l;
      }
    }
    return layers.size();
  }
}
