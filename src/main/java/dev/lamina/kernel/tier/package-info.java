/// The choice of a tier, made once per program.
///
/// It stands above the tiers so that the contract in `dev.lamina.kernel` does not know them, and
/// touches no class of a tier before it was found to be there. No arithmetic lives here.
@NullMarked
package dev.lamina.kernel.tier;

import org.jspecify.annotations.NullMarked;
