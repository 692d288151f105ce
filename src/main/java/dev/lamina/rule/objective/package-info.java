/// Rules with an objective of their own: an error starts in the block and stays in it.
///
/// `HsicBottleneck` makes a block's output depend little on the input and much on the label,
/// `Phsic` does so by plainer kernels and at once, `LayerWise` asks a small classifier of its own.
/// How far an error travels and what the next block reads is the business of `dev.lamina.train`;
/// the measures behind the objectives do not live here but in `dev.lamina.measure`.
@NullMarked
package dev.lamina.rule.objective;

import org.jspecify.annotations.NullMarked;
