/// Labelled samples and where they come from: data sets in memory, readers and writers of file
/// formats, the list of known data sets, their download, feature caches, whitening.
///
/// Whatever enters is converted once to channels last, and no length that a file claims is believed
/// before the bytes are there. No network is opened but by `Fetch`; batches are not drawn or
/// ordered here, that is `dev.lamina.train`.
@NullMarked
package dev.lamina.data;

import org.jspecify.annotations.NullMarked;
