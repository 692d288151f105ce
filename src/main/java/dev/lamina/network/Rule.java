package dev.lamina.network;

import dev.lamina.kernel.Kernels;
import dev.lamina.tensor.Draws;
import java.util.List;

/// How a block learns: a description without state, shared by networks.
public interface Rule {
  /// The name in descriptions, for example `soft-hebb`.
  String name();

  /// The name as people read it, with that of the literature if it has another.
  default String label() {
    return name();
  }

  /// How far an error travels.
  Reach reach();

  /// What the next block reads after this one learned at once (reach none or own).
  default Output output() {
    return Output.KEPT;
  }

  /// Whether the rule learns from labels.
  default boolean supervised() {
    return reach() != Reach.NONE;
  }

  /// Whether the rule reads the network's input, so that no features may stand in its place.
  default boolean readsNetworkInput() {
    return false;
  }

  /// Looks whether the rule can act on a block, when the network is built.
  ///
  /// @throws IllegalArgumentException with what does not fit; the builder adds the rule's place
  default void requireFits(Block block) {}

  /// What is measured of a phase whose highest block is `block` and learns by this rule.
  default List<Evaluation> evaluations(Network network, int block) {
    return List.of();
  }

  /// Starts learning of one block for one phase.
  ///
  /// @param network the network whose block `block` learns
  /// @param plan length, batch size, optimizer and schedule of the phase
  /// @param draws random numbers for what the rule owns
  Learning start(Network network, int block, Plan plan, Draws draws, Kernels kernels);
}
