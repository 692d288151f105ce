/// How much two sets of variables depend on each other, measured on a batch of samples: similarity
/// kernels, HSIC and its normalised and plausible forms, CKA, MMD.
///
/// A similarity (`Similarity`) turns samples `[m, d]` into a matrix `[m, m]`, a measure turns
/// matrices into a number, and each has its gradient in closed form; objects are sized once for the
/// largest batch, and a call on `m` samples allocates nothing. What a rule does with a gradient,
/// and losses against labels, live elsewhere (`dev.lamina.rule`, `dev.lamina.loss`).
@NullMarked
package dev.lamina.measure;

import org.jspecify.annotations.NullMarked;
