package dev.lamina.network;

import dev.lamina.layer.Chain;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Parameter;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A table of names for descriptions; a module that brings rules or layers provides one as a
/// service.
public interface Vocabulary {
  /// Makes a layer from its settings at its place in a network.
  @FunctionalInterface
  interface LayerFactory {
    /// The layer, with initial parameters.
    Layer make(Settings settings, Place place);
  }

  /// What a layer is told of its place: the shape that comes in and how to draw parameters.
  interface Place {
    /// The shape of an input sample.
    Shape input();

    /// The floating type of the network.
    DType type();

    /// The layout outside of what is indexed by the input's last axis.
    Layout layout();

    /// The number of classes of the supervised data set, or 0.
    int classes();

    /// Builds a chain of a composite layer that reads this place's input.
    ///
    /// @param name the chain's name in the layer
    /// @param layers what it consists of; none for the identity
    Chain chain(String name, List<Described> layers);

    /// Draws the initial value of a parameter.
    void draw(Parameter p, Initializer initializer, int fanIn);
  }

  /// Rules by name.
  default Map<String, Function<Settings, Rule>> rules() {
    return Map.of();
  }

  /// Probes by name.
  default Map<String, Function<Settings, Probe>> probes() {
    return Map.of();
  }

  /// Layers by name.
  default Map<String, LayerFactory> layers() {
    return Map.of();
  }
}
