/// Blocks in order: networks, passes over them, and the two interfaces by which a block learns.
///
/// A `Network` is a list of `Block`s (layers and a rule), made from a `Settings` tree by names of
/// the `Vocabulary`; a `Pass` owns every activation of one batch in flight; `Rule` and `Learning`
/// are what a learning rule implements, `Evaluation` what a measurement does. The rules themselves
/// live in `dev.lamina.rule`, the loop over batches in `dev.lamina.train`, YAML in
/// `dev.lamina.config`.
@NullMarked
package dev.lamina.network;

import org.jspecify.annotations.NullMarked;
