package dev.lamina.network;

import dev.lamina.kernel.Activation;
import dev.lamina.layer.Chain;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The unit that learns: a named list of layers, usually with one projection, and its rule.
///
/// @param name unique in the network
/// @param input shape of an input sample
/// @param layers from input to output
/// @param layerNames the name of each layer: its kind, numbered from the second of a kind on
/// @param rule how the block learns
/// @param tuning where its optimizer, rate or schedule differ from the phase's
public record Block(
    String name,
    Shape input,
    List<Layer> layers,
    List<String> layerNames,
    Rule rule,
    Tuning tuning) {
  /// Keeps unmodifiable copies.
  public Block {
    layers = List.copyOf(layers);
    layerNames = List.copyOf(layerNames);
  }

  /// A block that is tuned as its phase.
  public Block(String name, Shape input, List<Layer> layers, List<String> layerNames, Rule rule) {
    this(name, input, layers, layerNames, rule, Tuning.NONE);
  }

  /// The shape of an output sample.
  public Shape output() {
    return layers.getLast().output();
  }

  /// The position of the first projection in `layers`, or -1; composite layers are not looked into.
  public int projectionIndex() {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Projection) {
        return i;
      }
    }
    return -1;
  }

  /// The block's first projection outside of composite layers.
  ///
  /// @throws LaminaException if it has none
  public Projection projection() {
    int at = projectionIndex();
    if (at < 0) {
      throw new LaminaException(
          "block '"
              + name
              + "' has no convolution or dense layer, but its rule '"
              + rule.name()
              + "' needs one");
    }
    return (Projection) layers.get(at);
  }

  /// The position of the layer whose output is the pre-activation `u`.
  public int preActivationIndex() {
    int at = projectionIndex();
    boolean preTriangle =
        at >= 0 && at + 1 < layers.size() && layers.get(at + 1).kind().equals("pre-triangle");
    return preTriangle ? at + 1 : at;
  }

  /// Whether a layer behind the pre-activation keeps statistics of the data.
  public boolean hasStatisticsBehindPreActivation() {
    int behind = preActivationIndex() + 1;
    List<Layer> rest = layers.subList(behind, layers.size());
    return new Chain(name, rest, layerNames.subList(behind, layers.size()))
        .all().stream().anyMatch(n -> !n.layer().statistics().isEmpty());
  }

  /// The layers as a chain; its `all` also gives the layers inside of composite ones.
  public Chain chain() {
    return new Chain(name, layers, layerNames);
  }

  /// Trained parameters in the order of checkpoints, those inside of composite layers included.
  public List<Parameter> parameters() {
    return chain().parameters();
  }

  /// Every projection, those inside of composite layers included, by its name in the block, for
  /// example `residual.body.convolution`; from input to output.
  public SequencedMap<String, Projection> projections() {
    SequencedMap<String, Projection> projections = new LinkedHashMap<>();
    for (Chain.Named named : chain().all()) {
      if (named.layer() instanceof Projection projection) {
        projections.put(named.name(), projection);
      }
    }
    return projections;
  }

  /// The activation of a pre-triangle layer.
  public static final Activation PRE_TRIANGLE = new Activation(Activation.Kind.TRIANGLE, 1);
}
