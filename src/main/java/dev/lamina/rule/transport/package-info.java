/// Rules whose error comes from above: they differ in the matrix that carries it down.
///
/// `Backprop` carries it by the weights themselves and is the baseline of all others.
@NullMarked
package dev.lamina.rule.transport;

import org.jspecify.annotations.NullMarked;
