package dev.lamina.golden;

import dev.lamina.kernel.Competition;
import dev.lamina.kernel.Philox;
import dev.lamina.network.Described;
import dev.lamina.network.Network;
import dev.lamina.network.NetworkBuilder;
import dev.lamina.network.Plan;
import dev.lamina.network.Settings;
import dev.lamina.optim.Schedule;
import dev.lamina.optim.Sgd;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Networks as the `sh_*` cases describe them, built from Lamina's own descriptions.
final class SoftHebbNetworks {
  /// So many samples that a batch of whole samples has every ratio of the files to 9 digits.
  private static final int SAMPLES = 1_000_000_000;

  private SoftHebbNetworks() {}

  /// A network of the blocks in the type of the case; weights are still to be set.
  static Network build(GoldenCase c, Shape input, List<Settings> blocks, int classes) {
    Settings description =
        Settings.empty().with("type", Settings.spelled(c.type())).with("blocks", blocks);
    return new NetworkBuilder(new Philox(0, c.kernels()), c.kernels())
        .build(description, input, classes);
  }

  /// A block of these layers.
  static Settings block(String name, List<Described> layers, Described rule) {
    return Settings.empty().with("name", name).with("layers", layers).with("rule", rule);
  }

  /// A Hebbian block with all parts that a file may name.
  ///
  /// @param w its weights in the layout of the file
  static Settings hebbian(String name, Params block, Tensor w) {
    Params layer = block.object("layer");
    List<Described> layers = new ArrayList<>();
    if (block.flag("bn")) {
      layers.add(Described.of("batch-norm"));
    }
    if (block.flag("flatten")) {
      layers.add(Described.of("flatten"));
    }
    layers.addAll(projection(layer, w, false));
    if (block.has("act")) {
      layers.add(activation(block.list("act")));
    }
    if (block.has("pool")) {
      layers.add(pool(block.list("pool")));
    }
    return block(name, layers, rule(layer, w.shape().rank() == 2));
  }

  /// A linear classifier trained by back-propagation.
  static Settings classifier(List<Described> before, Tensor w) {
    List<Described> layers = new ArrayList<>(before);
    layers.add(new Described("dense", Settings.empty().with("outputs", w.axis(0))));
    return block("classifier", layers, Described.of("backprop"));
  }

  /// The projection of a layer, and its pre-triangle if it has one.
  static List<Described> projection(Params layer, Tensor w, boolean bias) {
    Settings s =
        Settings.empty()
            .with("outputs", w.axis(0))
            .with("bias", bias)
            .with("norm-order", layer.integer("ell", 2));
    if (w.shape().rank() == 2) {
      return List.of(new Described("dense", s));
    }
    Settings window =
        s.with("kernel", w.axis(2))
            .with("stride", layer.integer("stride", 1))
            .with("dilation", layer.integer("dilation", 1))
            .with("groups", layer.integer("groups", 1))
            .with("padding", layer.integer("pad", 0))
            .with("padding-mode", layer.text("pad_mode", "reflect"));
    Described convolution = new Described("convolution", window);
    return layer.flag("pre_triangle")
        ? List.of(convolution, Described.of("pre-triangle"))
        : List.of(convolution);
  }

  /// An activation `[name, parameter]` of a file.
  static Described activation(List<?> act) {
    Settings none = Settings.empty();
    String kind = (String) act.get(0);
    Object parameter = act.get(1);
    return switch (kind) {
      case "triangle", "repu" -> new Described(kind, none.with("power", parameter));
      case "softmax" -> new Described(kind, none.with("inverse-temperature", parameter));
      case "tanh", "exp" -> new Described(kind, none.with("steepness", parameter));
      case "sigmoid" -> new Described(kind, none.with("steepness", 10)); // whatever the parameter
      case "hard" -> Described.of("winner");
      default -> Described.of(kind);
    };
  }

  /// A pool `[type, kernel, stride, padding]` of a file.
  static Described pool(List<?> pool) {
    Settings s =
        Settings.empty()
            .with("kernel", whole(pool.get(1)))
            .with("stride", whole(pool.get(2)))
            .with("padding", whole(pool.get(3)));
    return new Described(pool.get(0) + "-pool", s);
  }

  private static int whole(Object number) {
    return ((Double) number).intValue();
  }

  /// The SoftHebb rule of a layer.
  static Described rule(Params layer, boolean dense) {
    Competition competition = competition(layer, dense);
    return new Described(
        "soft-hebb",
        withRate(layer)
            .with("competition", Settings.spelled(competition.form()))
            .with("inverse-temperature", competition.inverseTemperature())
            .with("delta", competition.delta())
            .with("rank", competition.rank())
            .with("function", Settings.spelled(competition.function())));
  }

  /// The supervised SoftHebb rule with the rate of a layer.
  static Described supervisedRule(Params layer) {
    return new Described("soft-hebb", withRate(layer).with("competition", "supervised"));
  }

  private static Settings withRate(Params layer) {
    Settings s = Settings.empty().with("rate", layer.number("lr"));
    return layer.flag("adaptive")
        ? s.with("power", layer.number("q"))
        : s.with("schedule", schedule(layer));
  }

  /// The schedule of a layer whose rate does not follow its norms.
  static Described schedule(Params layer) {
    if (layer.text("sched").equals("linear")) {
      return Described.of("hebbian-linear");
    }
    Params args = layer.object("sched_args");
    return new Described(
        "hebbian-exponential",
        Settings.empty().with("speed", args.number("speed")).with("divisor", args.number("div")));
  }

  /// A phase of the length and ratio that the layer's schedule asks for; any phase if it has none.
  static Plan plan(Params layer) {
    Params args = layer.has("sched_args") ? layer.object("sched_args") : null;
    int epochs = args == null ? 1 : args.integer("epochs");
    double ratio = args == null ? 1 : args.number("ratio");
    return new Plan(
        epochs, (int) Math.rint(ratio * SAMPLES), SAMPLES, new Sgd(), 1, new Schedule.Constant());
  }

  /// The competition of a rule.
  static Competition competition(Params layer, boolean dense) {
    Competition.Form form =
        switch (layer.text("rule")) {
          case "hard" -> Competition.Form.HARD;
          case "hardkrotov" ->
              dense ? Competition.Form.HARD_ANTI_SET : Competition.Form.HARD_ANTI_SUBTRACT;
          case "soft" -> Competition.Form.SOFT;
          case "softkrotov" -> softAnti(layer.integer("mode", 0));
          default -> throw new IllegalArgumentException("unknown rule " + layer.text("rule"));
        };
    Competition.Soft function =
        switch (layer.text("soft_fn", "exp")) {
          case "exp" -> Competition.Soft.EXP;
          case "relu" -> Competition.Soft.RELU;
          case "sigmoid" -> Competition.Soft.SIGMOID;
          case "repu" -> Competition.Soft.REPU;
          case "tanh" -> Competition.Soft.TANH;
          default -> throw new IllegalArgumentException("unknown " + layer.text("soft_fn"));
        };
    return new Competition(
        form, layer.number("T", 1), layer.number("delta", 0), layer.integer("K", 1), function);
  }

  private static Competition.Form softAnti(int mode) {
    return switch (mode) {
      case 0 -> Competition.Form.SOFT_ANTI;
      case 1 -> Competition.Form.SOFT_ANTI_SCALED;
      default -> Competition.Form.SOFT_ANTI_SET;
    };
  }

  /// Sets a tensor of a network from its layout outside.
  static void set(Network network, String name, Tensor outside) {
    Network.Named named = find(network, name);
    Tensor value = named.parameter().value();
    value.copyFrom(named.parameter().layout().toInside(outside, value.shape()));
  }

  /// A tensor of a network in its layout outside.
  static Tensor get(Network network, String name) {
    Network.Named named = find(network, name);
    return named.parameter().layout().toOutside(named.parameter().value());
  }

  private static Network.Named find(Network network, String name) {
    return network.tensors().stream()
        .filter(named -> named.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + name));
  }
}
