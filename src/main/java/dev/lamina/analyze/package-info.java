/// What a trained network has learned, and how far it can be trusted.
///
/// Receptive fields, the image patches behind a response, attacks, pictures. Nothing here trains or
/// changes a network; figures that a training reports live with their rules and in
/// `dev.lamina.train`.
@NullMarked
package dev.lamina.analyze;

import org.jspecify.annotations.NullMarked;
