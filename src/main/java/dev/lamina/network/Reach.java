package dev.lamina.network;

/// How far an error travels from where it starts.
public enum Reach {
  /// There is no error: plasticity.
  NONE,
  /// From an objective at a tap of the block, inside the block.
  OWN,
  /// From an objective at the network's output, through every block above.
  ALL
}
