package dev.lamina.network;

import dev.lamina.kernel.MersenneTwister;
import dev.lamina.tensor.Draws;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Initial weights from a foreign generator, for networks that start where a published run did.
///
/// ```yaml
/// generator: {mt19937: {seed: 1234, last: [input, output], reseed: [head]}}
/// ```
///
/// Without a seed it takes that of the experiment. The blocks are drawn one after the other: first
/// those that no list names, in network order, then those of `last`; each block of `reseed` is
/// drawn from the generator's first number again. In a block, parameters come layer by layer,
/// weight before bias, each row by row in the outside order.
///
/// Source: specs/hsic-bottleneck.md, section 6.5.
final class ForeignWeights {
  private final int seed;
  private final List<String> last;
  private final List<String> reseed;
  private final Map<String, List<Consumer<Draws>>> byLayer = new LinkedHashMap<>();

  private ForeignWeights(int seed, List<String> last, List<String> reseed) {
    this.seed = seed;
    this.last = last;
    this.reseed = reseed;
  }

  /// What the key `generator` says; nothing if it is missing.
  static Optional<ForeignWeights> of(Settings network) {
    Optional<Described> generator = network.optional("generator");
    if (generator.isEmpty()) {
      return Optional.empty();
    }
    List<String> known = List.of("mt19937");
    if (!known.contains(generator.get().kind())) {
      throw Kinds.unknown("generator", generator.get(), known);
    }
    Settings s = generator.get().settings();
    ForeignWeights weights =
        new ForeignWeights(s.integer("seed", 0), s.texts("last"), s.texts("reseed"));
    s.finish();
    return Optional.of(weights);
  }

  /// Remembers how a parameter of the layer `BLOCK.LAYER` is filled.
  void add(String layer, Consumer<Draws> parameter) {
    byLayer.computeIfAbsent(layer, name -> new ArrayList<>()).add(parameter);
  }

  /// Fills all parameters.
  ///
  /// @param blocks the names of all blocks in network order
  /// @throws LaminaException if a list names no block, or a parameter is not uniform
  void draw(List<String> blocks) {
    List<String> order = new ArrayList<>(blocks);
    order.removeAll(last);
    order.removeAll(reseed);
    order.addAll(last);
    Uniform sequence = new Uniform(new MersenneTwister(seed));
    order.forEach(block -> fill(block, blocks, sequence));
    reseed.forEach(block -> fill(block, blocks, new Uniform(new MersenneTwister(seed))));
  }

  private void fill(String block, List<String> blocks, Draws from) {
    if (!blocks.contains(block)) {
      throw new LaminaException(
          "'network.generator' names a block '"
              + block
              + "', which the network has not"
              + Suggestion.of(block, blocks));
    }
    byLayer.forEach((layer, parameters) -> {
      if (layer.startsWith(block + ".")) {
        parameters.forEach(parameter -> parameter.accept(from));
      }
    });
  }

  /// The numbers of a generator one after the other, whatever they are for.
  ///
  /// @param generator where they come from
  private record Uniform(MersenneTwister generator) implements Draws {
    @Override
    public void uniform(Tensor out, String stream, long step) {
      for (int i = 0; i < out.size(); i++) {
        out.set(i, generator.uniform());
      }
    }

    @Override
    public void normal(Tensor out, String stream, long step) {
      throw onlyUniform(stream);
    }

    @Override
    public void keep(Tensor mask, double p, String stream, long step) {
      throw onlyUniform(stream);
    }

    @Override
    public void permutation(Tensor out, String stream, long step) {
      throw onlyUniform(stream);
    }

    private static LaminaException onlyUniform(String stream) {
      return new LaminaException(
          "the generator mt19937 gives uniform numbers only, but '"
              + stream
              + "' wants others; give it a uniform 'initial', or leave 'network.generator' out");
    }
  }
}
