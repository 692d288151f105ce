package dev.lamina.kernel.reference;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.MapKernels;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/// Groups, regions and slices of maps by plain loops.
final class ReferenceMapKernels implements MapKernels {
  /// Where each element of a map belongs: to group `of[i]` of all groups of all samples.
  private static final class Groups {
    final int[] of;
    final int count;
    final double size;

    Groups(Tensor groups, Tensor x) {
      int perSample = groups.axis(1);
      int c = x.axis(-1);
      int sample = x.size() / Math.max(1, x.axis(0));
      of = new int[x.size()];
      for (int i = 0; i < of.length; i++) {
        of[i] = i / sample * perSample + i % c / (c / perSample);
      }
      count = groups.size();
      size = (double) sample / perSample;
    }

    double[] sums(double[] values) {
      double[] sums = new double[count];
      for (int i = 0; i < values.length; i++) {
        sums[of[i]] += values[i];
      }
      return sums;
    }

    double[] centred(double[] x, double[] mean) {
      double[] centred = new double[x.length];
      for (int i = 0; i < x.length; i++) {
        centred[i] = x[i] - mean[of[i]];
      }
      return centred;
    }
  }

  @Override
  public void groupMoments(Tensor mean, Tensor scale, Tensor x, double delta) {
    MapChecks.groupMoments(mean, scale, x);
    Groups groups = new Groups(mean, x);
    double[] values = Doubles.of(x);
    double[] means = means(groups, values);
    double[] squares = groups.sums(each(groups.centred(values, means), d -> d * d));
    Doubles.store(mean, means);
    Doubles.store(scale, each(squares, square -> (delta + square) / groups.size));
  }

  /// From the first element of each group on, so that a constant group has no variance at all.
  private static double[] means(Groups groups, double[] values) {
    double[] first = new double[groups.count];
    for (int i = values.length - 1; i >= 0; i--) {
      first[groups.of[i]] = values[i];
    }
    double[] differences = groups.sums(groups.centred(values, first));
    double[] means = new double[first.length];
    Arrays.setAll(means, a -> first[a] + differences[a] / groups.size);
    return means;
  }

  @Override
  public void divideGroups(Tensor r, Tensor x, Tensor mean, Tensor scale, double p) {
    MapChecks.groups("divideGroups", mean, scale, x);
    MapChecks.groups("divideGroups", mean, scale, r);
    Groups groups = new Groups(mean, x);
    double[] factors = powers(scale, -p);
    double[] out = groups.centred(Doubles.of(x), Doubles.of(mean));
    for (int i = 0; i < out.length; i++) {
      out[i] *= factors[groups.of[i]];
    }
    Doubles.store(r, out);
  }

  /// `scale^p`, 0 where the scale is 0.
  private static double[] powers(Tensor scale, double p) {
    return each(Doubles.of(scale), s -> s == 0 ? 0 : StrictMath.pow(s, p));
  }

  private static double[] each(double[] values, DoubleUnaryOperator f) {
    return Arrays.stream(values).map(f).toArray();
  }

  @Override
  public void divideGroupsBackward(
      Tensor gx, Tensor gr, Tensor x, Tensor mean, Tensor scale, double p) {
    MapChecks.groups("divideGroupsBackward", mean, scale, x);
    MapChecks.groups("divideGroupsBackward", mean, scale, gr);
    MapChecks.groups("divideGroupsBackward", mean, scale, gx);
    Groups groups = new Groups(mean, x);
    double[] g = Doubles.of(gr);
    double[] centred = groups.centred(Doubles.of(x), Doubles.of(mean));
    double[] sums = groups.sums(g);
    double[] products = groups.sums(ReferenceElements.each(g, centred, (a, b) -> a * b));
    double[] factors = powers(scale, -p);
    double[] slopes = powers(scale, -p - 1);
    double[] out = new double[g.length];
    for (int i = 0; i < g.length; i++) {
      int a = groups.of[i];
      double slope = 2 * p / groups.size * products[a] * slopes[a];
      out[i] = (g[i] - sums[a] / groups.size) * factors[a] - slope * centred[i];
    }
    Doubles.store(gx, out);
  }

  @Override
  public void groupPowersBackward(
      Tensor gx, Tensor gv, Tensor x, Tensor mean, Tensor scale, double q) {
    MapChecks.groups("groupPowersBackward", mean, scale, x);
    MapChecks.groups("groupPowersBackward", gv, scale, gx);
    Groups groups = new Groups(mean, x);
    double[] g = Doubles.of(gv);
    double[] factors = powers(scale, q - 1);
    double[] out = groups.centred(Doubles.of(x), Doubles.of(mean));
    for (int i = 0; i < out.length; i++) {
      int a = groups.of[i];
      out[i] *= g[a] * q * factors[a] * 2 / groups.size;
    }
    Doubles.store(gx, out);
  }

  /// What is done with each cell of the map that lies in the region of a mean.
  private interface Meeting {
    void of(int mean, int cell, int cells);
  }

  @Override
  public void regionMeans(Tensor y, Tensor x) {
    MapChecks.regions("regionMeans", y, x);
    double[] from = Doubles.of(x);
    double[] to = new double[y.size()];
    walk(y, x, (mean, cell, cells) -> to[mean] += from[cell] / cells);
    Doubles.store(y, to);
  }

  @Override
  public void regionMeansBackward(Tensor gx, Tensor gy) {
    MapChecks.regions("regionMeansBackward", gy, gx);
    double[] from = Doubles.of(gy);
    double[] to = new double[gx.size()];
    walk(gy, gx, (mean, cell, cells) -> to[cell] += from[mean] / cells);
    Doubles.store(gx, to);
  }

  private static void walk(Tensor means, Tensor map, Meeting meeting) {
    int a = MapChecks.height(means);
    int b = MapChecks.width(means);
    for (int region = 0; region < means.axis(0) * a * b; region++) {
      region(means, map, region, meeting);
    }
  }

  /// The cells of one region in row-major order, all channels of each.
  private static void region(Tensor means, Tensor map, int region, Meeting meeting) {
    int a = MapChecks.height(means);
    int b = MapChecks.width(means);
    int h = MapChecks.height(map);
    int w = MapChecks.width(map);
    int c = map.axis(-1);
    int i = region / b % a;
    int j = region % b;
    int top = i * h / a;
    int bottom = ((i + 1) * h + a - 1) / a;
    int left = j * w / b;
    int right = ((j + 1) * w + b - 1) / b;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int cell = (region / (a * b) * h + y) * w + x;
        for (int k = 0; k < c; k++) {
          meeting.of(region * c + k, cell * c + k, (bottom - top) * (right - left));
        }
      }
    }
  }

  @Override
  public void copyColumns(Tensor y, int to, Tensor x, int from, int count) {
    MapChecks.copyColumns(y, to, x, from, count);
    double[] source = Doubles.of(x);
    double[] target = Doubles.of(y);
    for (int row = 0; row < y.shape().rows(); row++) {
      for (int j = 0; j < count; j++) {
        target[row * y.axis(-1) + to + j] = source[row * x.axis(-1) + from + j];
      }
    }
    Doubles.store(y, target);
  }

  @Override
  public void spread(Tensor y, Tensor x) {
    MapChecks.spread(y, x);
    double[] source = Doubles.of(x);
    double[] target = new double[y.size()];
    int c = y.axis(-1);
    int sample = y.size() / Math.max(1, y.axis(0));
    for (int i = 0; i < target.length; i++) {
      target[i] = source[i / sample * c + i % c];
    }
    Doubles.store(y, target);
  }
}
