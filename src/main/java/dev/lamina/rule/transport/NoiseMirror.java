package dev.lamina.rule.transport;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.layer.Parameter;
import dev.lamina.layer.Projection;
import dev.lamina.layer.Site;
import dev.lamina.network.Pass;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `WeightMirror` at one projection; the letters are those of its equations.
public final class NoiseMirror implements Feedback {
  private final Junction at;
  private final Mirror how;
  private final Projection projection;
  private final Kernels k;
  private final Tensor b;
  private final Tensor noise;
  private final Tensor padded;
  private final Tensor y;
  private final Tensor meanY;
  private final Tensor meanNoise;
  private final @Nullable Parameter bias;

  /// A mirror of the projection of `at`.
  ///
  /// @param b the feedback that learns, with the axes of W
  public NoiseMirror(Junction at, Tensor b, Mirror how) {
    this.at = at;
    this.how = how;
    this.projection = at.projection();
    this.k = at.kernels();
    this.b = b;
    DType type = b.type();
    int n = at.plan().batch();
    this.noise = Tensor.zeros(type, projection.input().batch(n));
    this.padded =
        projection.padding().size() == 0
            ? noise
            : Tensor.zeros(type, projection.paddedInput().batch(n));
    this.y = Tensor.zeros(type, projection.output().batch(n));
    this.meanY = Tensor.zeros(type, b.axis(0));
    this.meanNoise = Tensor.zeros(type, projection.input().axis(-1));
    List<Parameter> parameters = projection.parameters();
    this.bias = parameters.size() > 1 ? parameters.get(1) : null;
  }

  @Override
  public Tensor matrix(Projection p, Site s) {
    return b; // V = B
  }

  @Override
  public Tensor measured() {
    return b;
  }

  @Override
  public void begin() {
    reflect(0, how.schedule().initial(at.plan()));
  }

  @Override
  public void between(Pass pass) {
    long first = how.schedule().first(at.plan(), pass.update());
    if (first >= 0) {
      reflect(first, how.schedule().batches());
    }
  }

  /// Learns from so many mirror batches, the first of this number.
  private void reflect(long first, int batches) {
    for (long i = first; i < first + batches; i++) {
      emit(at.stream("noise"), i, how.noise(), how.amplitude());
      reflect();
    }
    if (how.damping() > 0 && batches > 0) {
      emit(at.stream("probe"), first, Mirror.Noise.NORMAL, 1);
      damp();
    }
  }

  private void emit(String stream, long step, Mirror.Noise law, double amplitude) {
    switch (law) {
      case UNIFORM -> {
        at.draws().uniform(noise, stream, step);
        k.affine(noise, noise, amplitude, -amplitude / 2);
      }
      case NORMAL -> {
        at.draws().normal(noise, stream, step);
        k.affine(noise, noise, amplitude, 0);
      }
    }
  }

  /// Learns from the noise that lies in `noise()`.
  public void reflect() {
    answer(projection.weight().value()); //                          Y = N Wᵀ
    if (bias != null) {
      k.combineColumns(y, y, bias.value(), Operation.ADD); //            + b
    }
    how.activation().ifPresent(f -> k.activate(y, y, f)); //         Y = f(Y)
    if (how.center()) {
      center(y, meanY); //                                           Y - mean Y
      if (padded != noise) {
        center(noise, meanNoise); // the mean of N shows at borders alone
        k.pad(padded, noise, projection.padding());
      }
    }
    k.affine(y, y, how.rate(), 0);
    k.correlate(b, y, padded, projection.window(), 1 - how.decay()); // B ← (1-λ) B + η Yᵀ N
  }

  private void center(Tensor x, Tensor mean) {
    k.columnSums(mean, x);
    k.affine(mean, mean, (double) mean.size() / x.size(), 0);
    k.combineColumns(x, x, mean, Operation.SUBTRACT);
  }

  private void answer(Tensor matrix) {
    if (padded != noise) {
      k.pad(padded, noise, projection.padding());
    }
    k.project(y, padded, matrix, projection.window());
  }

  /// Growth control by the normal noise that lies in `noise()`: `B ← damping · B / sd`, where sd is
  /// the unbiased standard deviation over samples of `N Bᵀ`, averaged over outputs (dense) or over
  /// positions, for each output (convolution); where it is 0, B stays.
  ///
  /// @return sd, `[1]` or `[o]`
  public Tensor damp() {
    answer(b);
    int n = y.axis(0);
    int outputs = b.axis(0);
    boolean dense = b.shape().rank() == 2;
    Tensor deviation = Tensor.zeros(y.type(), y.size() / n);
    k.reduce(deviation, Reduction.UNBIASED_DEVIATION, y.reshape(n, y.size() / n), 0);
    int groups = dense ? 1 : outputs;
    Tensor sd = Tensor.zeros(y.type(), groups);
    Tensor rows = deviation.reshape(deviation.size() / groups, groups);
    k.reduce(sd, Reduction.MEAN, rows, 0);
    Tensor flat = b.reshape(groups, b.size() / groups);
    k.combineRows(flat, flat, sd, Operation.DIVIDE);
    k.affine(b, b, how.damping(), 0);
    return sd;
  }

  /// The noise of the next `reflect`, `[n, ...]` in the shape of the projection's input.
  public Tensor noise() {
    return noise;
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of(Junction.FEEDBACK, b);
  }
}
