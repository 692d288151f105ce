package dev.lamina.network;

import dev.lamina.kernel.Activation;
import dev.lamina.kernel.Padding;
import dev.lamina.kernel.Pool;
import dev.lamina.kernel.Window;
import dev.lamina.layer.Activate;
import dev.lamina.layer.AlphaDropout;
import dev.lamina.layer.AttentionDropout;
import dev.lamina.layer.AvgPool;
import dev.lamina.layer.BatchNorm;
import dev.lamina.layer.Chain;
import dev.lamina.layer.Conv2d;
import dev.lamina.layer.DivisiveNorm;
import dev.lamina.layer.Dropout;
import dev.lamina.layer.Flatten;
import dev.lamina.layer.Grouping;
import dev.lamina.layer.Layer;
import dev.lamina.layer.LogSoftmax;
import dev.lamina.layer.MaxPool;
import dev.lamina.layer.Mean;
import dev.lamina.layer.RegionPool;
import dev.lamina.layer.Residual;
import dev.lamina.layer.SampleNorm;
import dev.lamina.layer.Softmax;
import dev.lamina.layer.Subsample;
import dev.lamina.layer.Winner;
import dev.lamina.optim.Initializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The names and settings of Lamina's own layers.
final class BuiltInLayers {
  private static final Map<String, Vocabulary.LayerFactory> TABLE = table();

  private BuiltInLayers() {}

  static Map<String, Vocabulary.LayerFactory> layers() {
    return TABLE;
  }

  private static Map<String, Vocabulary.LayerFactory> table() {
    Map<String, Vocabulary.LayerFactory> t = new LinkedHashMap<>();
    t.put("convolution", BuiltInLayers::convolution);
    t.put("dense", BuiltInLayers::dense);
    t.put("batch-norm", BuiltInLayers::batchNorm);
    t.put("flatten", (s, p) -> new Flatten(p.input()));
    t.put("dropout", (s, p) -> new Dropout(p.input(), share(s, 0.5), by(s)));
    t.put("alpha-dropout", (s, p) -> new AlphaDropout(p.input(), share(s, 0.5), by(s)));
    t.put("attention-dropout", (s, p) -> new AttentionDropout(p.input(), p.type(), share(s, 0.5)));
    t.put("max-norm", (s, p) -> new SampleNorm(p.input(), p.type(), SampleNorm.By.MAX));
    t.put("channel-norm", (s, p) -> new SampleNorm(p.input(), p.type(), SampleNorm.By.NORM));
    t.put("max-pool", (s, p) -> new MaxPool(p.input(), pool(s)));
    t.put("avg-pool", (s, p) -> new AvgPool(p.input(), pool(s)));
    t.put("global-avg-pool", (s, p) -> RegionPool.global(p.input()));
    t.put("adaptive-avg-pool", BuiltInLayers::adaptivePool);
    t.put("subsample", BuiltInLayers::subsample);
    t.put("divisive-norm", BuiltInLayers::divisiveNorm);
    t.put("grouping", BuiltInLayers::grouping);
    t.put("softmax", (s, p) -> new Softmax(p.input(), s.positive("inverse-temperature", 1)));
    t.put("log-softmax", (s, p) -> new LogSoftmax(p.input()));
    t.put("winner", (s, p) -> new Winner(p.input()));
    t.put("pre-triangle", (s, p) -> new Activate("pre-triangle", p.input(), Block.PRE_TRIANGLE));
    t.put("residual", BuiltInLayers::residual);
    t.put("mean", BuiltInLayers::mean);
    activation(t, "relu", Activation.Kind.RELU, "");
    activation(t, "leaky-relu", Activation.Kind.LEAKY_RELU, "slope");
    activation(t, "repu", Activation.Kind.REPU, "power");
    activation(t, "triangle", Activation.Kind.TRIANGLE, "power");
    activation(t, "tanh", Activation.Kind.TANH, "steepness");
    activation(t, "sigmoid", Activation.Kind.SIGMOID, "steepness");
    activation(t, "gelu", Activation.Kind.GELU, "");
    activation(t, "gelu-tanh", Activation.Kind.GELU_TANH, "");
    activation(t, "elu", Activation.Kind.ELU, "alpha");
    activation(t, "selu", Activation.Kind.SELU, "");
    activation(t, "softplus", Activation.Kind.SOFTPLUS, "steepness");
    activation(t, "exp", Activation.Kind.EXP, "steepness");
    return t;
  }

  private static void activation(
      Map<String, Vocabulary.LayerFactory> table, String name, Activation.Kind kind, String key) {
    double fallback = Activation.of(kind).parameter();
    table.put(
        name,
        (s, p) -> {
          double a = key.isEmpty() ? fallback : s.positive(key, fallback);
          return new Activate(name, p.input(), new Activation(kind, a));
        });
  }

  private static double share(Settings s, double fallback) {
    return s.number("p", v -> v >= 0 && v < 1, "in [0, 1)", fallback);
  }

  private static Pool pool(Settings s) {
    int kernel = s.integer("kernel", 1);
    return new Pool(kernel, s.integer("stride", 1, kernel), s.integer("padding", 0, 0));
  }

  private static Dropout.By by(Settings s) {
    return s.choice("by", Dropout.By.class, Dropout.By.ELEMENT);
  }

  private static Layer adaptivePool(Settings s, Vocabulary.Place p) {
    return RegionPool.grid(p.input(), s.integer("height", 1), s.integer("width", 1));
  }

  private static Layer subsample(Settings s, Vocabulary.Place p) {
    return new Subsample(p.input(), p.type(), s.integer("stride", 1, 2), s.integer("planes", 1));
  }

  private static Layer divisiveNorm(Settings s, Vocabulary.Place p) {
    return new DivisiveNorm(
        p.input(),
        p.type(),
        s.integer("groups", 1),
        s.positive("power", 0.5),
        s.nonNegative("delta", 1));
  }

  private static Layer grouping(Settings s, Vocabulary.Place p) {
    return new Grouping(
        p.input(),
        p.type(),
        s.integer("groups", 1),
        s.positive("power", 0.5),
        s.nonNegative("delta", 1),
        s.flag("centered", false));
  }

  private static Layer convolution(Settings s, Vocabulary.Place p) {
    int outputs = s.integer("outputs", 1);
    int kernel = s.integer("kernel", 1);
    Padding.Mode mode = s.choice("padding-mode", Padding.Mode.class, Padding.Mode.ZEROS);
    Padding padding = new Padding(mode, s.integer("padding", 0, 0));
    Window window =
        new Window(
            kernel,
            kernel,
            s.integer("stride", 1, 1),
            s.integer("dilation", 1, 1),
            s.integer("groups", 1, 1));
    Conv2d.Form form = new Conv2d.Form(outputs, window, padding, s.flag("bias", false), order(s));
    return drawn(new Conv2d(p.input(), form, p.type(), p.layout()), s, p);
  }

  private static Layer dense(Settings s, Vocabulary.Place p) {
    if (p.input().rank() != 1) {
      throw new IllegalArgumentException(
          "a dense layer needs features but gets a map of shape "
              + p.input()
              + "; put a flatten layer before it");
    }
    int outputs =
        s.text("outputs", "classes").equals("classes") ? p.classes() : s.integer("outputs", 1);
    Conv2d.Form form =
        new Conv2d.Form(outputs, Window.DENSE, Padding.NONE, s.flag("bias", true), order(s));
    return drawn(new Conv2d(p.input(), form, p.type(), p.layout()), s, p);
  }

  private static double order(Settings s) {
    return s.integer("norm-order", 1, 2);
  }

  private static Layer drawn(Conv2d layer, Settings s, Vocabulary.Place p) {
    Initializer initial = Kinds.initializer(s.described("initial", "fan-in"));
    p.draw(layer.weight(), initial, layer.fanIn());
    if (layer.bias() != null) {
      Initializer start = Kinds.initializer(s.described("initial-bias", "fan-in"));
      p.draw(layer.bias(), start, layer.fanIn());
    }
    return layer;
  }

  private static Layer batchNorm(Settings s, Vocabulary.Place p) {
    return new BatchNorm(
        p.input(),
        p.type(),
        s.flag("affine", false),
        s.positive("epsilon", 1e-5),
        s.number("momentum", v -> v > 0 && v <= 1, "in (0, 1]", 0.1),
        p.layout());
  }

  private static Layer residual(Settings s, Vocabulary.Place p) {
    Chain body = p.chain("body", s.describedList("body"));
    Chain shortcut = p.chain("shortcut", s.describedList("shortcut"));
    return new Residual(p.input(), body, shortcut);
  }

  private static Layer mean(Settings s, Vocabulary.Place p) {
    List<Chain> chains = new ArrayList<>();
    for (List<Described> layers : s.describedLists("chains")) {
      chains.add(p.chain("chain-" + (chains.size() + 1), layers));
    }
    return new Mean(p.input(), chains);
  }
}
