/// Pictures of what was learned and how it went: filters as PNG, curves and matrices as SVG.
///
/// Everything is computed from networks and plain numbers and returned as an image or a text;
/// nothing here reads or writes files, and measurements that need data live in `dev.lamina.train`.
/// The SVG is written by hand: no fonts, no AWT, text that a test can read.
@NullMarked
package dev.lamina.analyze;

import org.jspecify.annotations.NullMarked;
