/// What a user deploys: a trained network with its class names, loaded from a file, ready to
/// predict.
///
/// A `Model` rebuilds itself from the description in a checkpoint's metadata and answers any number
/// of threads. Training lives in `dev.lamina.train`.
@NullMarked
package dev.lamina.model;

import org.jspecify.annotations.NullMarked;
