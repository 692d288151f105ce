/// The front door for Java programs: `Lamina` trains a model from arrays in one line.
///
/// It stands above everything but the command line and holds no arithmetic, no rule and no file
/// format; each lives in the package of its name.
@NullMarked
package dev.lamina;

import org.jspecify.annotations.NullMarked;
