package dev.lamina.network;

import dev.lamina.layer.Chain;
import dev.lamina.layer.Parameter;
import dev.lamina.loss.CrossEntropy;
import dev.lamina.loss.Loss;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Blocks in order, with their parameters; what a pass runs and a model predicts with.
public final class Network {
  private final Shape input;
  private final DType type;
  private final List<Block> blocks;
  private final Loss loss;
  private final int classes;
  private final Settings description;

  /// A network of these blocks that makes the cross-entropy small.
  ///
  /// @param input shape of an input sample, `[h, w, c]` or `[features]`
  /// @param description the settings from which it can be built again
  public Network(Shape input, DType type, List<Block> blocks, Settings description) {
    this(input, type, blocks, new CrossEntropy(), 0, description);
  }

  /// A network of these blocks.
  ///
  /// @param input shape of an input sample, `[h, w, c]` or `[features]`
  /// @param loss what errors from the output make small
  /// @param classes number of classes of the data set it is made for, or 0
  /// @param description the settings from which it can be built again
  public Network(
      Shape input, DType type, List<Block> blocks, Loss loss, int classes, Settings description) {
    this.input = input;
    this.type = type;
    this.blocks = List.copyOf(blocks);
    this.loss = loss;
    this.classes = classes;
    this.description = description;
  }

  /// A tensor that `predict` reads, with its readable name.
  ///
  /// @param name `BLOCK.LAYER.PARAMETER`; inside of a composite layer
  ///   `BLOCK.LAYER.CHAIN.LAYER.PARAMETER`, for example `b2.residual.body.convolution.weight`
  /// @param block position of its block
  /// @param parameter the tensor
  /// @param statistic whether it follows the data without being trained
  public record Named(String name, int block, Parameter parameter, boolean statistic) {}

  /// The shape of an input sample.
  public Shape input() {
    return input;
  }

  /// The shape of an output sample.
  public Shape output() {
    return blocks.getLast().output();
  }

  /// The floating type of all tensors.
  public DType type() {
    return type;
  }

  /// The blocks from input to output.
  public List<Block> blocks() {
    return blocks;
  }

  /// What errors from the output make small.
  public Loss loss() {
    return loss;
  }

  /// The number of classes of the data set it is made for, or 0; the output may have another size.
  public int classes() {
    return classes;
  }

  /// The settings from which this network can be built again.
  public Settings description() {
    return description;
  }

  /// The position of the block with this name.
  ///
  /// @throws LaminaException with the known names if there is none
  public int blockIndex(String name) {
    List<String> names = blocks.stream().map(Block::name).toList();
    int at = names.indexOf(name);
    if (at < 0) {
      throw new LaminaException(
          "there is no block '" + name + "' in the network" + Suggestion.of(name, names));
    }
    return at;
  }

  /// Every tensor that `predict` reads, in network order: block, layer, parameters, then
  /// statistics.
  public List<Named> tensors() {
    List<Named> all = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      for (Chain.Named named : block.chain().all()) {
        String prefix = block.name() + "." + named.name() + ".";
        for (Parameter p : named.layer().parameters()) {
          all.add(new Named(prefix + p.name(), b, p, false));
        }
        for (Parameter p : named.layer().statistics()) {
          all.add(new Named(prefix + p.name(), b, p, true));
        }
      }
    }
    return all;
  }
}
