package dev.lamina.layer;

import dev.lamina.tensor.Tensor;

/// The one line by which the feedback family differs: which matrix carries the error down.
public interface ErrorPath {
  /// Back-propagation: the weights themselves, `gx = fold(D W)`.
  ErrorPath TRANSPOSE =
      new ErrorPath() {
        @Override
        public Tensor matrix(Projection p, Site s) {
          return p.seen(s);
        }
      };

  /// The matrix with the axes of the projection's weight.
  Tensor matrix(Projection p, Site s);

  /// Sends `d` (gradient of the projection's output) to `gx` (gradient of its padded input).
  default void send(Site s, Projection p, Tensor gx, Tensor d) {
    s.kernels().transport(gx, d, matrix(p, s), p.window(), 0);
  }

  /// The path through the shortcut of a residual layer, whose body this path goes through.
  default ErrorPath ofShortcut() {
    return this;
  }
}
