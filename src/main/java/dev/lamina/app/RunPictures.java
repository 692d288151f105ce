package dev.lamina.app;

import dev.lamina.config.RunDirectory;
import dev.lamina.network.Network;

/// Draws the pictures of a run.
final class RunPictures {
  private RunPictures() {}

  static void draw(RunDirectory directory, Network network) {}
}
