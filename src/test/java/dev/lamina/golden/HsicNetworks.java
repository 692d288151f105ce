package dev.lamina.golden;

import dev.lamina.data.Dataset;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Networks of the `hb_*` cases: block i has the weights `Wi`, `bi` and normalises before its
/// activation.
final class HsicNetworks {
  static final String HEAD = "head";

  private static final Described BACKPROP = Described.of("backprop");

  private HsicNetworks() {}

  /// The number of blocks with weights `Wi`.
  static int blocks(GoldenCase c) {
    return c.params().integer("layers");
  }

  private static String activation(GoldenCase c, int i) {
    return c.params().has("acts")
        ? (String) c.params().list("acts").get(i)
        : c.params().text("act");
  }

  /// The layers of block i.
  ///
  /// @param prefix what the names of its inputs begin with
  static List<Described> layers(GoldenCase c, String prefix, int i) {
    Tensor w = c.in(prefix + "W" + i);
    Settings affine = Settings.empty().with("affine", c.hasIn(prefix + "gamma" + i));
    Described norm = new Described("batch-norm", affine);
    Described act = Described.of(activation(c, i));
    if (w.shape().rank() == 4) {
      boolean residual = c.params().flag("residual") && i > 0;
      Settings s =
          Settings.empty()
              .with("outputs", w.axis(0))
              .with("kernel", w.axis(2))
              .with("bias", true)
              .with("stride", i == 0 ? c.params().integer("stride") : 1)
              .with("padding", residual ? w.axis(2) / 2 : 0);
      List<Described> body = List.of(new Described("convolution", s), norm, act);
      return residual
          ? List.of(new Described("residual", Settings.empty().with("body", body)), norm, act)
          : body;
    }
    Described dense = new Described("dense", Settings.empty().with("outputs", w.axis(0)));
    boolean behindMap = i > 0 && c.in(prefix + "W" + (i - 1)).shape().rank() == 4;
    return behindMap
        ? List.of(Described.of("flatten"), dense, norm, act)
        : List.of(dense, norm, act);
  }

  /// The blocks b0, b1, ...; and one above them with the weights V, c, if the case has them.
  static Network build(GoldenCase c, Described rule, Described lastRule) {
    List<Settings> blocks = new ArrayList<>();
    int count = blocks(c);
    for (int i = 0; i < count; i++) {
      Described of = i == count - 1 ? lastRule : rule;
      blocks.add(SoftHebbNetworks.block("b" + i, layers(c, "", i), of));
    }
    if (c.hasIn("V")) {
      blocks.add(head(c));
    }
    Shape input = c.map("x").shape().sample();
    Network network = SoftHebbNetworks.build(c, input, blocks, c.params().integer("classes", 10));
    for (int i = 0; i < count; i++) {
      set(c, network, i);
    }
    setHead(c, network);
    return network;
  }

  static Settings head(GoldenCase c) {
    Settings outputs = Settings.empty().with("outputs", c.in("V").axis(0));
    return SoftHebbNetworks.block(HEAD, List.of(new Described("dense", outputs)), BACKPROP);
  }

  static void setHead(GoldenCase c, Network network) {
    if (c.hasIn("V")) {
      SoftHebbNetworks.set(network, "head.dense.weight", c.in("V"));
      SoftHebbNetworks.set(network, "head.dense.bias", c.in("c"));
    }
  }

  /// Sets all inputs of block i.
  private static void set(GoldenCase c, Network network, int i) {
    for (String name : List.of("W", "b", "gamma", "beta", "rm", "rv")) {
      if (c.hasIn(name + i)) {
        SoftHebbNetworks.set(network, "b" + i + "." + tensor(c, name, i), c.in(name + i));
      }
    }
  }

  /// The name within block i of what a file calls `name`.
  static String tensor(GoldenCase c, String name, int i) {
    boolean map = c.in("W" + i).shape().rank() == 4;
    boolean residual = map && i > 0 && c.params().flag("residual");
    String body = residual ? "residual.body." : "";
    String projection = body + (map ? "convolution." : "dense.");
    return switch (name) {
      case "W" -> projection + "weight";
      case "b" -> projection + "bias";
      case "gamma" -> "batch-norm.weight";
      case "beta" -> "batch-norm.bias";
      case "rm" -> body + "batch-norm.running-mean";
      case "rv" -> body + "batch-norm.running-variance";
      case "rmr" -> "batch-norm.running-mean";
      case "rvr" -> "batch-norm.running-variance";
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// All samples of `x`, in the order of the file.
  static Dataset data(GoldenCase c, String x, String y) {
    Tensor samples = c.map(x);
    int[] axes = samples.shape().axes();
    int[] batch = new int[axes.length + 1];
    batch[0] = 1;
    System.arraycopy(axes, 0, batch, 1, axes.length);
    return SoftHebbNetworkCases.dataset(c, samples.reshape(Shape.of(batch)), c.in(y));
  }

  /// A phase of descent in the order of the file.
  static Settings phase(GoldenCase c, List<String> blocks) {
    Settings sgd =
        Settings.empty()
            .with("decay", c.params().number("weight_decay"))
            .with("momentum", c.params().number("momentum", 0));
    return Settings.empty()
        .with("name", "phase")
        .with("learn", blocks)
        .with("epochs", c.params().integer("epochs"))
        .with("batch", c.params().integer("batch_size"))
        .with("order", "file")
        .with("optimizer", new Described("sgd", sgd))
        .with("rate", c.params().number("lr"));
  }
}
