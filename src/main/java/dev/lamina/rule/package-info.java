/// The table of Lamina's own learning rules; each rule lives in the package of its family.
///
/// `plasticity`: no error at all. `objective`: an error starts in each block and stays there.
/// `transport`: an error comes from above and a matrix carries it. How a batch gets to a rule does
/// not live here (`dev.lamina.network.Pass`, `dev.lamina.train`).
@NullMarked
package dev.lamina.rule;

import org.jspecify.annotations.NullMarked;
