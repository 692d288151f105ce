package dev.lamina.golden;

import dev.lamina.layer.Projection;
import dev.lamina.network.Block;
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
  private final Map<String, Spot> spots = new LinkedHashMap<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new LinkedHashMap<>();
  private final Network network;
  private List<Described> layers = new ArrayList<>();
  private String block = "";
  private String inside = "";
  private int stride = 1;

  /// A block, and the name of a projection in it.
  private record Spot(String block, String layer) {}

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
      case "bn" -> batchNorm((String) layer.get(1));
      case "relu" -> add("relu", none);
      case "pool" -> add("max-pool", none.with("kernel", 2));
      case "flat" -> add("flatten", none);
      case "gap" -> {
        add("global-avg-pool", none);
        add("flatten", none);
      }
      case "save" -> branch((String) layer.get(1));
      case "add" -> join(layer);
      default -> throw new IllegalArgumentException("unknown layer " + layer);
    }
  }

  /// Adds a layer and returns its name in the block.
  private String add(String kind, Settings settings) {
    layers.add(new Described(kind, settings));
    int count = kinds.merge(kind, 1, Integer::sum);
    return inside + (count == 1 ? kind : kind + "-" + count);
  }

  private void projection(List<?> layer) {
    String name = (String) layer.get(1);
    if (inside.isEmpty()) {
      close();
      block = name;
    }
    Tensor w = c.in("p." + name + ".w");
    boolean bias = c.hasIn("p." + name + ".b");
    Settings s = Settings.empty().with("outputs", w.axis(0)).with("bias", bias);
    boolean dense = w.shape().rank() == 2;
    if (!dense) {
      int step = ((Double) layer.get(2)).intValue();
      stride *= step;
      s =
          s.with("kernel", w.axis(2))
              .with("stride", step)
              .with("padding", ((Double) layer.get(3)).intValue());
    }
    String made = add(dense ? "dense" : "convolution", s);
    spots.put(name, new Spot(block, made));
    parameters.put(name + ".w", block + "." + made + ".weight");
    if (bias) {
      parameters.put(name + ".b", block + "." + made + ".bias");
    }
  }

  private void batchNorm(String name) {
    String made = block + "." + add("batch-norm", Settings.empty().with("affine", true));
    parameters.put(name + ".g", made + ".weight");
    parameters.put(name + ".b", made + ".bias");
    parameters.put(name + ".rm", made + ".running-mean");
    parameters.put(name + ".rv", made + ".running-variance");
  }

  /// Begins a block whose layers are the body of a residual layer.
  private void branch(String tag) {
    close();
    block = tag;
    inside = "residual.body.";
    stride = 1;
  }

  private void join(List<?> layer) {
    Settings shortcut =
        Settings.empty().with("stride", stride).with("planes", ((Double) layer.get(3)).intValue());
    List<Described> path =
        layer.get(2).equals("pad") ? List.of(new Described("subsample", shortcut)) : List.of();
    Settings residual = Settings.empty().with("body", layers).with("shortcut", path);
    layers = new ArrayList<>();
    kinds.clear();
    inside = "";
    add("residual", residual);
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
    spots.forEach((name, spot) -> {
      Block home = network.blocks().get(network.blockIndex(spot.block()));
      String layer = spot.layer().replaceAll("[.-]", "_");
      boolean alone = home.projections().size() == 1;
      String figure = alone ? home.name() : home.name() + "_" + layer;
      Projection p = home.projections().get(spot.layer());
      found.put(name, new Place(p, home.name() + ".rule." + spot.layer(), figure));
    });
    return found;
  }
}
