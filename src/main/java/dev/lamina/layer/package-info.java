/// What a block is made of: layers with their exact forward and backward, and their parameters.
///
/// A layer is a small final class bound to the shape of its input; what it remembers of a batch
/// lies in its `Site`, never in the layer, so that any number of passes can share one layer. There
/// is no automatic differentiation: every layer carries its own gradient. How a block learns does
/// not live here (`dev.lamina.rule`), nor do losses.
///
/// Start with `Layer`, `Site` and `Conv2d`. Maps are channels last; `Layout` is the one border to
/// the channels-first world outside.
@NullMarked
package dev.lamina.layer;

import org.jspecify.annotations.NullMarked;
