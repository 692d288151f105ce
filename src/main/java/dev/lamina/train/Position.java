package dev.lamina.train;

/// How far a training has come; with the tensors of a checkpoint it says all.
///
/// @param phase number of the phase, from 0; the number of phases when all is done
/// @param epoch epoch of the phase, from 0
/// @param batch next batch of the epoch
/// @param update next update of the phase
/// @param step updates since the training began, over all phases
/// @param seconds time spent training, evaluations and caches included
/// @param phaseSeconds time spent in the phase
public record Position(
    int phase, int epoch, int batch, long update, long step, double seconds, double phaseSeconds) {
  /// The beginning.
  public static final Position START = new Position(0, 0, 0, 0, 0, 0, 0);
}
