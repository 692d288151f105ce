package dev.lamina.kernel.vector;

import static dev.lamina.kernel.vector.Simd.FLOATS;
import static dev.lamina.kernel.vector.Simd.LANES;
import static dev.lamina.kernel.vector.Simd.load;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.lamina.kernel.Checks;
import dev.lamina.kernel.IntegerPower;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Optimiser steps, each one fused pass over parameter, gradient and state.
///
/// Bound by memory: SGD with momentum 20 bytes per parameter, Adam 28, RMSprop 20. All arithmetic
/// is in floats; what depends on the step alone (bias corrections) is formed in double and rounded
/// once.
final class VectorOptimizers extends TileTask {
  private enum Call {
    SGD,
    ADAM,
    RMSPROP
  }

  private Call call = Call.SGD;
  private float[] p = {};
  private float[] g = {};
  private float[] s = {};
  private float[] v = {};
  private float[] extra = {};
  private int pAt;
  private int gAt;
  private int sAt;
  private int vAt;
  private int extraAt;
  private int n;
  private float rate;
  private float decay;
  private float momentum;
  private float keep;
  private float share;
  private float keepV;
  private float shareV;
  private float correction;
  private float epsilon;
  private boolean first;
  private boolean hasExtra;

  private void over(Tensor parameter, Tensor gradient) {
    p = parameter.floats();
    pAt = parameter.offset();
    g = gradient.floats();
    gAt = gradient.offset();
    n = parameter.size();
  }

  private void states(Tensor state, Tensor square, Tensor third) {
    s = state.floats();
    sAt = state.offset();
    v = square.floats();
    vAt = square.offset();
    extra = third.floats();
    extraAt = third.offset();
  }

  /// See `Kernels.sgd`.
  void sgd(
      ThreadPool pool,
      Tensor parameter,
      Tensor gradient,
      Tensor buffer,
      double learningRate,
      double factor,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean isFirst) {
    Checks.same("sgd", parameter, gradient);
    Checks.same("sgd", parameter, factor == 0 ? parameter : buffer);
    over(parameter, gradient);
    states(buffer, buffer, buffer);
    rate = (float) -learningRate;
    decay = (float) weightDecay;
    momentum = (float) factor;
    share = isFirst ? 1f : (float) (1 - dampening);
    first = isFirst;
    hasExtra = nesterov;
    run(pool, Call.SGD);
  }

  /// See `Kernels.adam`.
  void adam(
      ThreadPool pool,
      Tensor parameter,
      Tensor gradient,
      Tensor m,
      Tensor square,
      Tensor largest,
      double learningRate,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      long step) {
    Checks.same("adam", parameter, gradient, m);
    Checks.same("adam", parameter, square, largest);
    over(parameter, gradient);
    states(m, square, largest);
    hasExtra = largest != square;
    rate = (float) (-learningRate / (1 - IntegerPower.of(beta1, step)));
    correction = (float) (1 / StrictMath.sqrt(1 - IntegerPower.of(beta2, step)));
    keep = (float) beta1;
    share = (float) (1 - beta1);
    keepV = (float) beta2;
    shareV = (float) (1 - beta2);
    epsilon = (float) eps;
    decay = decoupled ? 0f : (float) weightDecay;
    momentum = decoupled ? (float) (1 - learningRate * weightDecay) : 1f;
    run(pool, Call.ADAM);
  }

  /// See `Kernels.rmsprop`.
  void rmsprop(
      ThreadPool pool,
      Tensor parameter,
      Tensor gradient,
      Tensor square,
      Tensor mean,
      Tensor buffer,
      double learningRate,
      double alpha,
      double eps,
      double factor,
      double weightDecay) {
    Checks.same("rmsprop", parameter, gradient, square);
    Checks.same("rmsprop", parameter, mean, factor == 0 ? parameter : buffer);
    over(parameter, gradient);
    states(buffer, square, mean);
    hasExtra = mean != square;
    rate = (float) -learningRate;
    keepV = (float) alpha;
    shareV = (float) (1 - alpha);
    epsilon = (float) eps;
    momentum = (float) factor;
    decay = (float) weightDecay;
    run(pool, Call.RMSPROP);
  }

  private void run(ThreadPool pool, Call what) {
    call = what;
    Split.run(pool, this, Split.tiles(n, Split.GRAIN / 2));
  }

  @Override
  void run(int tile) {
    int from = tile * (Split.GRAIN / 2);
    int end = Math.min(n, from + Split.GRAIN / 2);
    switch (call) {
      case SGD -> {
        if (momentum == 0) {
          plain(from, end);
        } else {
          withMomentum(from, end);
        }
      }
      case ADAM -> adam(from, end);
      case RMSPROP -> rmsprop(from, end);
    }
  }

  /// `p = p - rate (g + decay p)`.
  private void plain(int from, int end) {
    float[] w = p;
    float[] d = g;
    int to = pAt;
    int at = gAt;
    FloatVector step = FloatVector.broadcast(FLOATS, rate);
    FloatVector shrink = FloatVector.broadcast(FLOATS, decay);
    int i = from;
    for (; i <= end - LANES; i += LANES) {
      FloatVector old = load(w, to + i);
      FloatVector gradient = old.fma(shrink, load(d, at + i));
      gradient.fma(step, old).intoArray(w, to + i);
    }
    for (; i < end; i++) {
      float gradient = Math.fma(w[to + i], decay, d[at + i]);
      w[to + i] = Math.fma(gradient, rate, w[to + i]);
    }
  }

  private void withMomentum(int from, int end) {
    float[] w = p;
    float[] buffer = s;
    if (first) {
      Arrays.fill(buffer, sAt + from, sAt + end, 0f);
    }
    FloatVector step = FloatVector.broadcast(FLOATS, rate);
    FloatVector shrink = FloatVector.broadcast(FLOATS, decay);
    FloatVector mass = FloatVector.broadcast(FLOATS, momentum);
    // Nesterov: the gradient and a share of the buffer; else the buffer alone.
    FloatVector ahead = FloatVector.broadcast(FLOATS, hasExtra ? momentum : 1f);
    FloatVector now = FloatVector.broadcast(FLOATS, hasExtra ? 1f : 0f);
    int i = from;
    for (; i <= end - LANES; i += LANES) {
      FloatVector old = load(w, pAt + i);
      FloatVector d = old.fma(shrink, load(g, gAt + i));
      FloatVector moved = load(buffer, sAt + i).fma(mass, d.mul(share));
      moved.intoArray(buffer, sAt + i);
      moved.fma(ahead, d.mul(now)).fma(step, old).intoArray(w, pAt + i);
    }
    for (; i < end; i++) {
      float d = Math.fma(w[pAt + i], decay, g[gAt + i]);
      float moved = Math.fma(buffer[sAt + i], momentum, d * share);
      buffer[sAt + i] = moved;
      float total = Math.fma(moved, hasExtra ? momentum : 1f, d * (hasExtra ? 1f : 0f));
      w[pAt + i] = Math.fma(total, rate, w[pAt + i]);
    }
  }

  /// Adam's moments, then the step by the square root of v or of its running maximum.
  private void adam(int from, int end) {
    int whole = from + FLOATS.loopBound(end - from);
    if (hasExtra) {
      boundedSteps(from, whole);
    } else {
      steps(from, whole);
    }
    for (int i = whole; i < end; i++) {
      adamOne(i);
    }
  }

  private void steps(int from, int end) {
    FloatVector step = FloatVector.broadcast(FLOATS, rate);
    FloatVector shrink = FloatVector.broadcast(FLOATS, decay);
    FloatVector keepS = FloatVector.broadcast(FLOATS, keep);
    FloatVector keepSquare = FloatVector.broadcast(FLOATS, keepV);
    FloatVector correct = FloatVector.broadcast(FLOATS, correction);
    FloatVector eps = FloatVector.broadcast(FLOATS, epsilon);
    for (int i = from; i < end; i += LANES) {
      FloatVector old = load(p, pAt + i);
      FloatVector d = old.fma(shrink, load(g, gAt + i));
      FloatVector m = load(s, sAt + i).fma(keepS, d.mul(share));
      m.intoArray(s, sAt + i);
      FloatVector square = load(v, vAt + i).fma(keepSquare, d.mul(d).mul(shareV));
      square.intoArray(v, vAt + i);
      FloatVector root = square.sqrt().fma(correct, eps);
      m.div(root).fma(step, old.mul(momentum)).intoArray(p, pAt + i);
    }
  }

  /// The same with AMSGrad's maximum: a second loop, since a branch in the first would box vectors.
  private void boundedSteps(int from, int end) {
    FloatVector step = FloatVector.broadcast(FLOATS, rate);
    FloatVector shrink = FloatVector.broadcast(FLOATS, decay);
    FloatVector keepS = FloatVector.broadcast(FLOATS, keep);
    FloatVector keepSquare = FloatVector.broadcast(FLOATS, keepV);
    FloatVector correct = FloatVector.broadcast(FLOATS, correction);
    FloatVector eps = FloatVector.broadcast(FLOATS, epsilon);
    for (int i = from; i < end; i += LANES) {
      FloatVector old = load(p, pAt + i);
      FloatVector d = old.fma(shrink, load(g, gAt + i));
      FloatVector m = load(s, sAt + i).fma(keepS, d.mul(share));
      m.intoArray(s, sAt + i);
      FloatVector square = load(v, vAt + i).fma(keepSquare, d.mul(d).mul(shareV));
      square.intoArray(v, vAt + i);
      FloatVector most = load(extra, extraAt + i);
      FloatVector bound = most.blend(square, most.compare(LT, square));
      bound.intoArray(extra, extraAt + i);
      FloatVector root = bound.sqrt().fma(correct, eps);
      m.div(root).fma(step, old.mul(momentum)).intoArray(p, pAt + i);
    }
  }

  /// One parameter beyond the last whole vector: the same operations.
  private void adamOne(int i) {
    float old = p[pAt + i];
    float d = Math.fma(old, decay, g[gAt + i]);
    float m = Math.fma(s[sAt + i], keep, d * share);
    s[sAt + i] = m;
    float square = Math.fma(v[vAt + i], keepV, d * d * shareV);
    v[vAt + i] = square;
    if (hasExtra) {
      float most = extra[extraAt + i];
      square = most < square ? square : most;
      extra[extraAt + i] = square;
    }
    float root = Math.fma((float) Math.sqrt(square), correction, epsilon);
    p[pAt + i] = Math.fma(m / root, rate, old * momentum);
  }

  private void rmsprop(int from, int end) {
    int whole = from + FLOATS.loopBound(end - from);
    FloatVector step = FloatVector.broadcast(FLOATS, rate);
    FloatVector shrink = FloatVector.broadcast(FLOATS, decay);
    FloatVector keepSquare = FloatVector.broadcast(FLOATS, keepV);
    FloatVector mass = FloatVector.broadcast(FLOATS, momentum);
    for (int i = from; i < whole; i += LANES) {
      FloatVector old = load(p, pAt + i);
      FloatVector d = old.fma(shrink, load(g, gAt + i));
      FloatVector square = load(v, vAt + i).fma(keepSquare, d.mul(d).mul(shareV));
      square.intoArray(v, vAt + i);
      if (hasExtra) {
        FloatVector mean = load(extra, extraAt + i).fma(keepSquare, d.mul(shareV));
        mean.intoArray(extra, extraAt + i);
        square = VectorMath.positive(mean.neg().fma(mean, square));
      }
      FloatVector ratio = d.div(square.sqrt().add(epsilon));
      if (momentum != 0) {
        ratio = load(s, sAt + i).fma(mass, ratio);
        ratio.intoArray(s, sAt + i);
      }
      ratio.fma(step, old).intoArray(p, pAt + i);
    }
    for (int i = whole; i < end; i++) {
      rmspropOne(i);
    }
  }

  private void rmspropOne(int i) {
    float old = p[pAt + i];
    float d = Math.fma(old, decay, g[gAt + i]);
    float square = Math.fma(v[vAt + i], keepV, d * d * shareV);
    v[vAt + i] = square;
    if (hasExtra) {
      float mean = Math.fma(extra[extraAt + i], keepV, d * shareV);
      extra[extraAt + i] = mean;
      square = Math.fma(-mean, mean, square);
      square = square < 0 ? 0f : square;
    }
    float ratio = d / ((float) Math.sqrt(square) + epsilon);
    if (momentum != 0) {
      ratio = Math.fma(s[sAt + i], momentum, ratio);
      s[sAt + i] = ratio;
    }
    p[pAt + i] = Math.fma(ratio, rate, old);
  }
}
