package dev.lamina.golden;

import dev.lamina.network.Described;
import dev.lamina.network.Settings;
import java.util.ArrayList;
import java.util.List;

/// The description of a network as the parameters of `ph_mlp_*` and `ph_conv_*` have it: hidden
/// blocks `h1`, `h2`, ... and the output block `out`.
record PhsicNetwork(Params p) {
  static final String OUTPUT = "out";

  /// The name of hidden block `l`, from 1.
  static String hidden(int l) {
    return "h" + l;
  }

  int hiddenBlocks() {
    return p.list("conv").size() + p.list("fc").size();
  }

  boolean isConvolution(int l) {
    return l <= p.list("conv").size();
  }

  boolean isLocal() {
    return !p.flag("backprop");
  }

  String projection(int l) {
    return isConvolution(l) ? "convolution" : "dense";
  }

  String dropout(int l) {
    String kind = p.text("act").equals("selu") ? "alpha-dropout" : "dropout";
    return hidden(l) + "." + kind;
  }

  int width(int l) {
    int[] conv = p.integers("conv");
    return isConvolution(l) ? conv[l - 1] : p.integers("fc")[l - 1 - conv.length];
  }

  List<Settings> blocks() {
    List<Settings> blocks = new ArrayList<>();
    for (int l = 1; l <= hiddenBlocks(); l++) {
      Settings block =
          Settings.empty()
              .with("name", hidden(l))
              .with("layers", layers(l))
              .with("rule", rule(isConvolution(l)));
      blocks.add(
          isLocal()
              ? block
                  .with("optimizer", optimizer(p.object("opt_local")))
                  .with("rate", p.object("opt_local").number("lr"))
              : block);
    }
    Settings dense = Settings.empty().with("outputs", p.integer("classes"));
    blocks.add(
        Settings.empty()
            .with("name", OUTPUT)
            .with("layers", List.of(new Described("dense", dense)))
            .with("rule", byOutput()));
    return blocks;
  }

  private List<Described> layers(int l) {
    List<Described> layers = new ArrayList<>();
    boolean first = l == p.list("conv").size() + 1;
    if (!isConvolution(l) && first && l > 1) {
      layers.add(Described.of("flatten"));
    }
    layers.add(projectionOf(l));
    if (p.flag("bn")) {
      layers.add(new Described("batch-norm", Settings.empty().with("affine", true)));
    }
    layers.add(activation(p));
    if (isConvolution(l) && p.integers("pool")[l - 1] == 1) {
      Settings pool = Settings.empty().with("kernel", 2);
      layers.add(new Described(p.text("pooling") + "-pool", pool));
    }
    if (p.flag(isConvolution(l) ? "div_conv" : "div_fc")) {
      layers.add(division());
    }
    layers.add(dropoutOf(l));
    return layers;
  }

  private Described projectionOf(int l) {
    Settings s = Settings.empty().with("outputs", width(l)).with("bias", false);
    int kernel = p.integer("kernel");
    return isConvolution(l)
        ? new Described("convolution", s.with("kernel", kernel).with("padding", (kernel - 1) / 2))
        : new Described("dense", s);
  }

  /// The nonlinearity that `act` and `slope` describe.
  static Described activation(Params p) {
    return p.text("act").equals("lrelu")
        ? new Described("leaky-relu", Settings.empty().with("slope", p.number("slope")))
        : Described.of(p.text("act"));
  }

  private Described division() {
    Settings s = Settings.empty().with("groups", p.integer("div_groups"));
    return new Described(
        "divisive-norm", s.with("power", p.number("div_p")).with("delta", p.number("div_delta")));
  }

  private Described dropoutOf(int l) {
    Settings s = Settings.empty().with("p", p.number("dropout"));
    String kind = p.text("act").equals("selu") ? "alpha-dropout" : "dropout";
    return new Described(kind, p.flag("spatial") && isConvolution(l) ? s.with("by", "channel") : s);
  }

  private Described rule(boolean convolution) {
    if (!isLocal()) {
      return byOutput();
    }
    return switch (p.text("loss")) {
      case "HSIC" -> phsic(p.object("hsic"), convolution);
      case "cross-entropy" -> layerWise(convolution, "weights");
      case "cross-entropy-fa" -> layerWise(convolution, "fixed");
      default -> throw new IllegalArgumentException("unknown loss " + p.text("loss"));
    };
  }

  private Described byOutput() {
    return switch (p.text("feedback")) {
      case "none" -> Described.of("backprop");
      case "feedback_alignment" -> Described.of("feedback-alignment");
      case "sign_symmetry" -> Described.of("sign-symmetry");
      default -> throw new IllegalArgumentException("unknown feedback " + p.text("feedback"));
    };
  }

  private Described layerWise(boolean convolution, String feedback) {
    Settings s = Settings.empty().with("feedback", feedback);
    return new Described("layer-wise", convolution ? s.with("projection", p.integer("proj")) : s);
  }

  /// The rule that parameters `hsic` describe.
  static Described phsic(Params h, boolean convolution) {
    Settings s =
        Settings.empty()
            .with("kernel", kernel(h.text("kz")))
            .with("sigma", h.number("sigma_z"))
            .with("label-kernel", kernel(h.text("ky")))
            .with("label-sigma", h.number("sigma_y"))
            .with("center-labels", h.flag("center_y"))
            .with("gamma", h.number("gamma"))
            .with("estimate", h.text("mode"))
            .with("center", h.flag("center_z"));
    if (!h.flag(convolution ? "group_conv" : "group_fc")) {
      return new Described("phsic", s);
    }
    Settings grouped =
        s.with("groups", h.integer("groups"))
            .with("grouping-power", h.number("q"))
            .with("delta", h.number("delta"));
    return new Described("phsic", grouped);
  }

  private static String kernel(String name) {
    return switch (name) {
      case "lin" -> "linear";
      case "cossim" -> "cosine";
      default -> name;
    };
  }

  /// The optimizer that `{name, lr, wd, momentum}` describes, without its rate.
  static Described optimizer(Params o) {
    Settings decay = Settings.empty().with("decay", o.number("wd"));
    return switch (o.text("name")) {
      case "SGD" -> new Described("sgd", decay.with("momentum", o.number("momentum")));
      case "Adam" -> new Described("adam", decay);
      case "AdamW" -> new Described("adamw", decay);
      default -> throw new IllegalArgumentException("unknown optimizer " + o.text("name"));
    };
  }

  /// The optimizer of the phase.
  Described optimizer() {
    Described described = optimizer(p.object("opt_final"));
    return p.flag("manhattan")
        ? new Described("manhattan", Settings.empty().with("optimizer", described))
        : described;
  }
}
