package dev.lamina.config;

import dev.lamina.network.Block;
import dev.lamina.network.Network;
import dev.lamina.network.Settings;
import dev.lamina.train.Phase;
import java.util.ArrayList;
import java.util.List;

/// Expands a way of training to its phases, from the groups `unsupervised` and `supervised`.
///
/// A block that learns without error and label takes the settings of `unsupervised`, every other
/// those of `supervised`; blocks without parameters take part in no phase.
///
/// @param training the way of training
/// @param document the document that holds the groups
/// @param chosen names of the blocks that learn; empty for all
record Stages(Training training, Settings document, List<String> chosen) {
  private static final String UNSUPERVISED = "unsupervised";
  private static final String SUPERVISED = "supervised";

  /// The settings of each phase, in order.
  List<Settings> of(Network network) {
    chosen.forEach(network::blockIndex);
    List<Block> blocks =
        network.blocks().stream()
            .filter(b -> chosen.isEmpty() ? !b.parameters().isEmpty() : chosen.contains(b.name()))
            .toList();
    return switch (training) {
      case SUCCESSIVE -> blocks.stream().map(b -> phase(b.name(), group(b), List.of(b))).toList();
      case CONSECUTIVE -> consecutive(blocks);
      case SIMULTANEOUS -> List.of(phase("all", SUPERVISED, blocks));
    };
  }

  private List<Settings> consecutive(List<Block> blocks) {
    List<Settings> phases = new ArrayList<>();
    for (String group : List.of(UNSUPERVISED, SUPERVISED)) {
      List<Block> part = blocks.stream().filter(b -> group(b).equals(group)).toList();
      if (!part.isEmpty()) {
        // alone, a block draws the same numbers as in successive training
        String name = part.size() == 1 ? part.getFirst().name() : group;
        phases.add(phase(name, group, part));
      }
    }
    return phases;
  }

  private static String group(Block block) {
    return block.rule().supervised() ? SUPERVISED : UNSUPERVISED;
  }

  private Settings phase(String name, String group, List<Block> blocks) {
    List<String> names = blocks.stream().map(Block::name).toList();
    if (!document.has(group)) {
      throw document.error(
          group, "is missing: how long and how block '" + names.getFirst() + "' is trained");
    }
    return named(document.child(group), name, names);
  }

  /// Finds mistakes in a group, whether a block needs it or not.
  static void check(Settings document) {
    for (String group : List.of(UNSUPERVISED, SUPERVISED)) {
      if (document.has(group)) {
        Phase.of(named(document.child(group), group, List.of("any")));
      }
    }
  }

  private static Settings named(Settings group, String name, List<String> blocks) {
    return group.with("name", name).with("learn", blocks);
  }
}
