package dev.lamina.data;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;
import java.security.MessageDigest;

/// Rows of another store, normalised as they are read; digests are of the numbers below.
final class Normalized implements Samples {
  private final Samples below;
  private final double[] mean;
  private final double[] deviation;
  private final float[] singleMean;
  private final float[] singleDeviation;

  /// The rows of `below`; channels are its last axis.
  ///
  /// @throws dev.lamina.tensor.LaminaException if it has another number of channels
  Normalized(Samples below, Normalization how) {
    int channels = below.sample().axis(-1);
    how.requireFits(channels);
    this.below = below;
    int length = below.sample().size();
    this.mean = new double[length];
    this.deviation = new double[length];
    this.singleMean = new float[length];
    this.singleDeviation = new float[length];
    for (int i = 0; i < length; i++) {
      mean[i] = how.mean(i % channels);
      deviation[i] = how.deviation(i % channels);
      singleMean[i] = (float) mean[i];
      singleDeviation[i] = (float) deviation[i];
    }
  }

  /// What is normalised.
  Samples below() {
    return below;
  }

  @Override
  public Shape sample() {
    return below.sample();
  }

  @Override
  public int size() {
    return below.size();
  }

  @Override
  public void read(int row, Tensor out, int at) {
    below.read(row, out, at);
    int to = out.offset() + at;
    if (out.type() == DType.F32) {
      normalize(out.floats(), to);
    } else {
      normalize(out.doubles(), to);
    }
  }

  private void normalize(float[] y, int at) {
    for (int i = 0; i < singleMean.length; i++) {
      y[at + i] = (y[at + i] - singleMean[i]) / singleDeviation[i];
    }
  }

  private void normalize(double[] y, int at) {
    for (int i = 0; i < mean.length; i++) {
      y[at + i] = (y[at + i] - mean[i]) / deviation[i];
    }
  }

  @Override
  public void digest(int row, MessageDigest digest) {
    below.digest(row, digest);
  }

  @Override
  public String kind() {
    return below.kind();
  }
}
