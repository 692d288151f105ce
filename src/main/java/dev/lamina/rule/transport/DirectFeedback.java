package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.layer.ErrorPath;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.optim.Initializer;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.util.Map;

/// `DirectFeedbackAlignment` at one projection.
///
/// Since `e` is the same at every position, the fold is linear in `e` alone: `gx = e M` with row c
/// of `M` `[C, padded input]` the fold of ones in output c. M is made once; a step is one product,
/// kh·kw times cheaper than a transposed convolution.
final class DirectFeedback implements Feedback {
  private final Projection projection;
  private final Kernels k;
  private final int classes;
  private final Tensor feedback; // E [C, kh, kw, in] or [C, in]
  private final Tensor m; // M [C, h, w, in] of the padded input, or [C, in]
  private final Tensor rows; // M [C, h·w·in]

  DirectFeedback(Junction at, Initializer initial) {
    this.projection = at.projection();
    this.k = at.kernels();
    this.classes = at.classes();
    this.feedback = at.drawn(Junction.FEEDBACK, at.w().shape().withFirst(classes), initial);
    this.m = Tensor.zeros(feedback.type(), projection.paddedInput().batch(classes));
    this.rows = m.reshape(classes, m.size() / classes);
    restored();
  }

  @Override
  public void restored() {
    Shape map = projection.output();
    Shape sample =
        map.rank() == 3 ? Shape.of(map.axis(0), map.axis(1), classes) : Shape.of(classes);
    Tensor ones = Tensor.zeros(feedback.type(), sample.batch(classes));
    int positions = sample.size() / classes;
    for (int c = 0; c < classes; c++) {
      for (int at = 0; at < positions; at++) {
        ones.set((c * positions + at) * classes + c, 1);
      }
    }
    k.transport(m, ones, feedback, projection.window(), 0);
  }

  @Override
  public Tensor matrix(Projection p, Site s) {
    return feedback;
  }

  @Override
  public void send(Site s, Projection p, Tensor gx, Tensor d) {
    Tensor e = s.start();
    Tensor flat = gx.reshape(e.axis(0), rows.axis(1));
    k.gemm(flat, e, false, rows, false, 0); // gx = e M
  }

  @Override
  public ErrorPath ofShortcut() {
    return ErrorPath.TRANSPOSE;
  }

  @Override
  public Tensor measured() {
    return feedback;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of(Junction.FEEDBACK, feedback);
  }
}
