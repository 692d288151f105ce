package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.Chain;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
/// A block may have an `optimizer`, a `rate` and a `schedule` of its own. One named `m` with
/// `repeat: 5` stands for five, `m1` to `m5`. The key `loss` names what is made small at the
/// output: `cross-entropy` unless said otherwise.
///
/// Initial parameters are drawn from the stream `BLOCK.LAYER.PARAMETER` at step 0, in the outside
/// order of weights; inside of composite layers from `BLOCK.LAYER.CHAIN.LAYER.PARAMETER`. The key
/// `generator` draws them as a published run did (`ForeignWeights`).
public final class NetworkBuilder {
  private final Map<String, Vocabulary.LayerFactory> layers = new LinkedHashMap<>();
  private final Map<String, Function<Settings, Rule>> rules = new LinkedHashMap<>();
  private final Draws draws;
  private final Kernels kernels;
  private @Nullable ForeignWeights foreign;

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
    foreign = ForeignWeights.of(s).orElse(null);
    List<Block> blocks = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Shape shape = input;
    Layout layout = Layout.same();
    for (Settings b : s.children("blocks")) {
      for (String name : names(b, blocks.size())) {
        if (!names.add(name)) {
          throw b.error("name", "is used by two blocks: '" + name + "'");
        }
        Layers appended = new Layers(name, shape, type, layout, classes);
        blocks.add(block(b, fallback, shape, appended));
        shape = appended.shape;
        layout = appended.layout;
      }
    }
    if (blocks.isEmpty()) {
      throw s.error("blocks", "must name at least one block");
    }
    Loss loss = Kinds.loss(s.described("loss", "cross-entropy"));
    s.finish();
    if (foreign != null) {
      foreign.draw(blocks.stream().map(Block::name).toList());
    }
    return new Network(input, type, blocks, loss, classes, s.expanded());
  }

  /// The names of the blocks that a description stands for.
  private static List<String> names(Settings b, int before) {
    if (!b.has("repeat")) {
      return List.of(b.text("name", "b" + (before + 1)));
    }
    String name = b.text("name");
    return IntStream.rangeClosed(1, b.integer("repeat", 1)).mapToObj(i -> name + i).toList();
  }

  private Block block(Settings b, Described fallback, Shape input, Layers appended) {
    b.describedList("layers").forEach(appended::append);
    if (appended.made.isEmpty()) {
      throw b.error("layers", "must name at least one layer");
    }
    Described how = b.has("rule") ? b.described("rule") : fallback;
    Rule rule = rule(how);
    Tuning tuning = Tuning.of(b);
    b.finish();
    Block block = new Block(appended.stream, input, appended.made, appended.names, rule, tuning);
    requireFits(rule, block, how);
    return block;
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

  private static void requireFits(Rule rule, Block block, Described d) {
    try {
      rule.requireFits(block);
    } catch (IllegalArgumentException e) {
      throw d.settings().problem(String.valueOf(e.getMessage()));
    }
  }

  /// The layers of a block, or of a chain in a composite layer, as they are appended.
  private final class Layers {
    private final List<Layer> made = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> kinds = new HashMap<>();
    private final String stream;
    private final DType type;
    private final int classes;
    private Shape shape;
    private Layout layout;

    /// @param stream names of blocks, layers and chains on the way here, joined by dots
    Layers(String stream, Shape shape, DType type, Layout layout, int classes) {
      this.stream = stream;
      this.shape = shape;
      this.type = type;
      this.layout = layout;
      this.classes = classes;
    }

    Chain chain(String name) {
      return new Chain(name, made, names);
    }

    void append(Described d) {
      Vocabulary.LayerFactory factory = layers.get(d.kind());
      if (factory == null) {
        throw Kinds.unknown("layer", d, layers.keySet());
      }
      int count = kinds.merge(d.kind(), 1, Integer::sum);
      String name = count == 1 ? d.kind() : d.kind() + "-" + count;
      Spot spot = new Spot(stream + "." + name, shape, type, layout, classes);
      Layer layer;
      try {
        layer = factory.make(d.settings(), spot);
        layout = spot.commonLayout().orElseGet(() -> follow(layer));
      } catch (IllegalArgumentException e) {
        throw d.settings().problem(String.valueOf(e.getMessage()));
      }
      d.settings().finish();
      made.add(layer);
      names.add(name);
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

  /// A layer's place, which draws its parameters and builds its chains.
  private final class Spot implements Vocabulary.Place {
    private final Set<Layout> chainLayouts = new LinkedHashSet<>();
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
    public Chain chain(String name, List<Described> described) {
      Layers chain = new Layers(stream + "." + name, input, type, layout, classes);
      described.forEach(chain::append);
      chainLayouts.add(chain.layout);
      return chain.chain(name);
    }

    /// The layout behind the layer if it is made of chains; they must agree on it.
    Optional<Layout> commonLayout() {
      if (chainLayouts.size() > 1) {
        throw new IllegalArgumentException(
            "one chain gives a flattened map and another the features of a dense layer, whose order"
                + " is not the same outside; put a dense layer behind the flatten");
      }
      return chainLayouts.stream().findFirst();
    }

    @Override
    public void draw(Parameter p, Initializer initializer, int fanIn) {
      if (foreign == null) {
        fill(p, initializer, fanIn, draws);
      } else {
        foreign.add(stream, from -> fill(p, initializer, fanIn, from));
      }
    }

    private void fill(Parameter p, Initializer initializer, int fanIn, Draws from) {
      Tensor outside = Tensor.zeros(type, p.layout().outsideShape(p.value().shape()));
      initializer.fill(outside, fanIn, from, kernels, stream + "." + p.name());
      p.value().copyFrom(p.layout().toInside(outside, p.value().shape()));
    }
  }
}
