/// The loop over phases, epochs and batches, written once above every kind of learner.
///
/// `Trainer` drives a `Learner` through `Phase`s, tells a `Listener`, and can be stopped and go on
/// from a `Checkpoint` with the same bits. `NetworkLearner` is the learner of a network of blocks.
/// Files, progress bars and presets do not live here (`dev.lamina.config`, `dev.lamina.app`).
@NullMarked
package dev.lamina.train;

import org.jspecify.annotations.NullMarked;
