/// YAML documents, presets and run directories: how an experiment is written down and kept.
///
/// `YamlSettings` turns text into the `Settings` tree that the layers below read, with the place of
/// every value, and `YamlWriter` turns it back; `Presets` holds the documents that come with Lamina
/// and `RunDirectory` the folder that a run fills. No network is built here by other means than
/// `dev.lamina.network`, and nothing is printed: that is `dev.lamina.app`.
@NullMarked
package dev.lamina.config;

import org.jspecify.annotations.NullMarked;
