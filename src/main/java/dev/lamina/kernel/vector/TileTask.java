package dev.lamina.kernel.vector;

/// Work cut into numbered tiles that may run in any order, on any thread, at the same time.
///
/// A task is a reusable object that lives in the `Workspace` of the calling thread: its arguments
/// are set in its fields, so that a dispatch allocates nothing. How many tiles there are follows
/// from shapes alone.
abstract class TileTask {
  /// Computes one tile; two tiles never write the same element.
  abstract void run(int tile);
}
