package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Flatten;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Layout;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.loss.Loss;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/// Builds a network from its description.
///
/// ```yaml
/// type: f32
/// blocks:
///   - name: b1
///     layers: [batch-norm, convolution: {outputs: 96, kernel: 5, padding: 2}, triangle: {power: 0.7}]
///     rule: {soft-hebb: {rate: 0.08}}
/// ```
///
/// A block may have an `optimizer`, a `rate` and a `schedule` of its own. The key `loss` names what
/// is made small at the output: `cross-entropy` unless said otherwise.
///
/// Initial parameters are drawn from the stream `BLOCK.LAYER.PARAMETER` at step 0, in the outside
/// order of weights.
public final class NetworkBuilder {
  private final Map<String, Vocabulary.LayerFactory> layers = new LinkedHashMap<>();
  private final Map<String, Function<Settings, Rule>> rules = new LinkedHashMap<>();
  private final Draws draws;
  private final Kernels kernels;

  /// A builder that knows Lamina's own names and those of every `Vocabulary` service.
  public NetworkBuilder(Draws draws, Kernels kernels) {
    this.draws = draws;
    this.kernels = kernels;
    layers.putAll(BuiltInLayers.layers());
    for (Vocabulary vocabulary :
        ServiceLoader.load(Vocabulary.class, Vocabulary.class.getClassLoader())) {
      add(vocabulary);
    }
  }

  /// Adds the names of one more vocabulary.
  public NetworkBuilder add(Vocabulary vocabulary) {
    layers.putAll(vocabulary.layers());
    rules.putAll(vocabulary.rules());
    return this;
  }

  /// The names of all rules.
  public Set<String> ruleNames() {
    return rules.keySet();
  }

  /// Builds the network that `s` describes.
  ///
  /// @param input shape of an input sample
  /// @param classes number of classes of the supervised data set, or 0
  public Network build(Settings s, Shape input, int classes) {
    DType type = s.choice("type", DType.class, DType.F32);
    Described fallback = s.described("rule", "backprop");
    List<Block> blocks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Shape shape = input;
    Layout layout = Layout.same();
    for (Settings b : s.children("blocks")) {
      String name = b.text("name", "b" + (blocks.size() + 1));
      if (!names.add(name)) {
        throw b.error("name", "is used by two blocks: '" + name + "'");
      }
      Chain chain = new Chain(name, shape, type, layout, classes);
      for (Described d : b.describedList("layers")) {
        chain.append(d);
      }
      if (chain.made.isEmpty()) {
        throw b.error("layers", "must name at least one layer");
      }
      Rule rule = rule(b.has("rule") ? b.described("rule") : fallback);
      Tuning tuning = Tuning.of(b);
      b.finish();
      blocks.add(new Block(name, shape, chain.made, chain.names, rule, tuning));
      shape = chain.shape;
      layout = chain.layout;
    }
    if (blocks.isEmpty()) {
      throw s.error("blocks", "must name at least one block");
    }
    Loss loss = Kinds.loss(s.described("loss", "cross-entropy"));
    s.finish();
    return new Network(input, type, blocks, loss, s.expanded());
  }

  private Rule rule(Described d) {
    Function<Settings, Rule> factory = rules.get(d.kind());
    if (factory == null) {
      throw Kinds.unknown("rule", d, rules.keySet());
    }
    try {
      Rule rule = factory.apply(d.settings());
      d.settings().finish();
      return rule;
    } catch (IllegalArgumentException e) {
      throw d.settings().problem(String.valueOf(e.getMessage()));
    }
  }

  /// The layers of one block as they are appended.
  private final class Chain {
    final List<Layer> made = new ArrayList<>();
    final List<String> names = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private final String block;
    private final DType type;
    private final int classes;
    Shape shape;
    Layout layout;

    Chain(String block, Shape shape, DType type, Layout layout, int classes) {
      this.block = block;
      this.shape = shape;
      this.type = type;
      this.layout = layout;
      this.classes = classes;
    }

    void append(Described d) {
      Vocabulary.LayerFactory factory = layers.get(d.kind());
      if (factory == null) {
        throw Kinds.unknown("layer", d, layers.keySet());
      }
      int count = kinds.merge(d.kind(), 1, Integer::sum);
      String name = count == 1 ? d.kind() : d.kind() + "-" + count;
      Layer layer;
      try {
        layer =
            factory.make(d.settings(), new Spot(block + "." + name, shape, type, layout, classes));
      } catch (IllegalArgumentException e) {
        throw d.settings().problem(String.valueOf(e.getMessage()));
      }
      d.settings().finish();
      made.add(layer);
      names.add(name);
      layout = follow(layer);
      shape = layer.output();
    }

    private Layout follow(Layer layer) {
      if (layer instanceof Flatten flatten && shape.rank() == 3) {
        return flatten.layout();
      }
      return layer.output().equals(shape) && !(layer instanceof Projection)
          ? layout
          : Layout.same();
    }
  }

  /// A layer's place, which draws its parameters.
  private final class Spot implements Vocabulary.Place {
    private final String stream;
    private final Shape input;
    private final DType type;
    private final Layout layout;
    private final int classes;

    Spot(String stream, Shape input, DType type, Layout layout, int classes) {
      this.stream = stream;
      this.input = input;
      this.type = type;
      this.layout = layout;
      this.classes = classes;
    }

    @Override
    public Shape input() {
      return input;
    }

    @Override
    public DType type() {
      return type;
    }

    @Override
    public Layout layout() {
      return layout;
    }

    @Override
    public int classes() {
      return classes;
    }

    @Override
    public void draw(Parameter p, Initializer initializer, int fanIn) {
      Tensor outside = Tensor.zeros(type, p.layout().outsideShape(p.value().shape()));
      initializer.fill(outside, fanIn, draws, kernels, stream + "." + p.name());
      p.value().copyFrom(p.layout().toInside(outside, p.value().shape()));
    }
  }
}
