/// Losses with their gradients with respect to the network's output.
///
/// A loss reads outputs and labels and writes two figures and a gradient; it knows no network.
/// Local objectives of blocks live with their rules, measures of dependence in
/// `dev.lamina.measure`.
@NullMarked
package dev.lamina.loss;

import org.jspecify.annotations.NullMarked;
