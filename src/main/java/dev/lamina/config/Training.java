package dev.lamina.config;

/// The usual lists of phases (`specs/softhebb.md`, section 11).
public enum Training {
  /// One phase for each block, from the first to the last ("greedy").
  SUCCESSIVE,
  /// All blocks that need no error together, then all others together.
  CONSECUTIVE,
  /// All blocks together.
  SIMULTANEOUS
}
