/// How parameters move along a gradient: optimizers, learning-rate schedules, initial weights.
///
/// Descriptions (`Optimizer`, `Schedule`, `Initializer`) are records without state; `Steps` holds
/// the moments of one list of parameters. Where a gradient comes from does not live here.
@NullMarked
package dev.lamina.optim;

import org.jspecify.annotations.NullMarked;
