package dev.lamina.golden;

import dev.lamina.layer.Projection;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network from the list of layers in an `fb_*` case: a block for each projection.
final class FeedbackNetwork {
  private final GoldenCase c;
  private final Described rule;
  private final List<Settings> blocks = new ArrayList<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new LinkedHashMap<>();
  private final Network network;
  private List<Described> layers = new ArrayList<>();
  private String block = "";

  /// Where a projection of the case lies in the network.
  ///
  /// @param prefix `BLOCK.rule.LAYER`, the beginning of what its rule owns
  /// @param figure beginning of its figures
  record Place(Projection projection, String prefix, String figure) {}

  FeedbackNetwork(GoldenCase c, Described rule) {
    this.c = c;
    this.rule = rule;
    for (Object layer : c.params().list("net")) {
      append((List<?>) layer);
    }
    close();
    this.network = SoftHebbNetworks.build(c, c.map("x").shape().sample(), blocks, 0);
    parameters.forEach((output, name) -> {
      String input = output.endsWith(".rm") || output.endsWith(".rv") ? "r." : "p.";
      SoftHebbNetworks.set(network, name, c.in(input + output));
    });
  }

  private void append(List<?> layer) {
    Settings none = Settings.empty();
    switch ((String) layer.get(0)) {
      case "conv", "dense" -> projection(layer);
      case "relu" -> add("relu", none);
      case "pool" -> add("max-pool", none.with("kernel", 2));
      case "flat" -> add("flatten", none);
      default -> throw new IllegalArgumentException("unknown layer " + layer);
    }
  }

  private String add(String kind, Settings settings) {
    layers.add(new Described(kind, settings));
    int count = kinds.merge(kind, 1, Integer::sum);
    return count == 1 ? kind : kind + "-" + count;
  }

  private void projection(List<?> layer) {
    String name = (String) layer.get(1);
    close();
    block = name;
    Tensor w = c.in("p." + name + ".w");
    boolean bias = c.hasIn("p." + name + ".b");
    Settings s = Settings.empty().with("outputs", w.axis(0)).with("bias", bias);
    boolean dense = w.shape().rank() == 2;
    Settings form =
        dense
            ? s
            : s.with("kernel", w.axis(2))
                .with("stride", ((Double) layer.get(2)).intValue())
                .with("padding", ((Double) layer.get(3)).intValue());
    String made = add(dense ? "dense" : "convolution", form);
    places.put(name, made);
    parameters.put(name + ".w", block + "." + made + ".weight");
    if (bias) {
      parameters.put(name + ".b", block + "." + made + ".bias");
    }
  }

  private void close() {
    if (!layers.isEmpty()) {
      blocks.add(SoftHebbNetworks.block(block, layers, rule));
    }
    layers = new ArrayList<>();
    kinds.clear();
  }

  Network network() {
    return network;
  }

  /// Names of parameters and statistics in the network, by their names in the case.
  Map<String, String> parameters() {
    return parameters;
  }

  /// The projections by their names in the case.
  Map<String, Place> projections() {
    Map<String, Place> found = new LinkedHashMap<>();
    places.forEach((name, layer) -> {
      Projection p = network.blocks().get(network.blockIndex(name)).projection();
      found.put(name, new Place(p, name + ".rule." + layer, name));
    });
    return found;
  }
}
