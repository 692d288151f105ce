/// Arithmetic on tensors, and the only place for it: the contract `Kernels` and its tiers.
///
/// A tier implements every method of the contract: `reference` in double by plain loops, `vector`
/// by `jdk.incubator.vector`. Random numbers (`Philox`) live here too, since they are kernels. What
/// a layer or a rule means does not: no method here knows a network.
///
/// Outputs come first, sizes are checked once at the door, nothing is returned: maxima, losses and
/// counts are tensors of shape `[1]` or `[2]`, read when they are printed.
@NullMarked
package dev.lamina.kernel;

import org.jspecify.annotations.NullMarked;
