/// Decompositions of small dense matrices in double precision, off the hot path.
///
/// EJML does the work and this package is its only door: matrices come and go as row-major
/// `double[]`, no type of EJML is seen outside. Products of large matrices and whatever a training
/// step needs are in `dev.lamina.kernel`.
@NullMarked
package dev.lamina.linalg;

import org.jspecify.annotations.NullMarked;
