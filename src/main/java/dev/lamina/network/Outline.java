package dev.lamina.network;

import dev.lamina.layer.Chain;
import dev.lamina.layer.Layer;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Slot;
import dev.lamina.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// What a network costs, layer by layer.
///
/// @param rows one for each layer, from input to output; a composite layer is followed by those
///   inside
public record Outline(List<Row> rows) {
  /// One layer.
  ///
  /// @param block name of its block
  /// @param rule the block's rule as people read it
  /// @param layer its name in the block
  /// @param output shape of an output sample, `[h, w, c]` or `[features]`
  /// @param parameters numbers that are trained
  /// @param flops operations of one sample's forward
  /// @param bytes memory of one sample's activations and of what the layer remembers of it
  public record Row(
      String block,
      String rule,
      String layer,
      Shape output,
      long parameters,
      long flops,
      long bytes) {}

  /// Keeps an unmodifiable copy.
  public Outline {
    rows = List.copyOf(rows);
  }

  /// The outline of a network.
  public static Outline of(Network network) {
    List<Row> rows = new ArrayList<>();
    for (Block block : network.blocks()) {
      for (Chain.Named named : block.chain().all()) {
        rows.add(row(block, named, network.type().bytes()));
      }
    }
    return new Outline(rows);
  }

  private static Row row(Block block, Chain.Named named, int width) {
    Layer layer = named.layer();
    long parameters = 0;
    for (Parameter p : layer.parameters()) {
      parameters += p.value().size();
    }
    long bytes = layer.isView() ? 0 : (long) width * layer.output().size();
    for (Slot slot : layer.remembers()) {
      bytes += slot.perSample() ? (long) slot.shape().size() * slot.type().bytes() : 0;
    }
    return new Row(
        block.name(),
        block.rule().label(),
        named.name(),
        layer.output(),
        parameters,
        layer.flops(),
        bytes);
  }

  /// Numbers that are trained.
  public long parameters() {
    return rows.stream().mapToLong(Row::parameters).sum();
  }

  /// Operations of one sample's forward.
  public long flops() {
    return rows.stream().mapToLong(Row::flops).sum();
  }

  /// Memory of one sample in a pass.
  public long bytes() {
    return rows.stream().mapToLong(Row::bytes).sum();
  }
}
