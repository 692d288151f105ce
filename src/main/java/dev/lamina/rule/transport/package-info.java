/// Rules whose error comes from above: they differ in the matrix that carries it down.
///
/// `Backprop` carries it by the weights themselves and is the baseline of all others; start with
/// `TransportRule`, then read `FeedbackAlignment`. What they share (the descent along gradients,
/// clipping, measured angles) is written once, in `TransportLearning`.
@NullMarked
package dev.lamina.rule.transport;

import org.jspecify.annotations.NullMarked;
