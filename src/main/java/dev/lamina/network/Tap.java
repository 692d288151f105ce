package dev.lamina.network;

/// A place in a block that a rule or probe may read.
///
/// @param name the name: one of the constants, or the name of a layer
public record Tap(String name) {
  /// The block's input, `[n, ...]`.
  public static final Tap INPUT = new Tap("input");

  /// The padded input `x̄` of the block's projection.
  public static final Tap X = new Tap("x");

  /// The pre-activation: the output of the projection, or of a pre-triangle right behind it.
  public static final Tap U = new Tap("u");

  /// The block's output.
  public static final Tap Y = new Tap("y");
}
