/// The reference tier: every kernel in double, by plain loops, written to be read.
///
/// It is the oracle of all other tiers and runs wherever Java runs, on one thread, without the
/// incubator module. Each operation copies its arguments to `double[]`, computes, and rounds once
/// when it stores its outputs, so hyper-parameters keep their double value and outputs may share
/// memory with inputs. Nothing here is made faster at the price of being harder to read.
@NullMarked
package dev.lamina.kernel.reference;

import org.jspecify.annotations.NullMarked;
