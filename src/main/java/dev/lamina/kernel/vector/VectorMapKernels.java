package dev.lamina.kernel.vector;

import dev.lamina.kernel.MapChecks;
import dev.lamina.kernel.MapKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;

/// The doors of the F32 kernels for maps; F64 goes to another tier.
final class VectorMapKernels implements MapKernels {
  private final ThreadPool pool;
  private final MapKernels reference;

  VectorMapKernels(ThreadPool pool, MapKernels reference) {
    this.pool = pool;
    this.reference = reference;
  }

  private static boolean isSingle(Tensor t) {
    return t.type() == DType.F32;
  }

  private static VectorGroups groups() {
    return Workspace.current().groups;
  }

  private static VectorRegions regions() {
    return Workspace.current().regions;
  }

  @Override
  public void groupMoments(Tensor mean, Tensor scale, Tensor x, double delta) {
    if (isSingle(x)) {
      MapChecks.groupMoments(mean, scale, x);
      groups().moments(pool, mean, scale, x, delta);
    } else {
      reference.groupMoments(mean, scale, x, delta);
    }
  }

  @Override
  public void divideGroups(Tensor r, Tensor x, Tensor mean, Tensor scale, double p) {
    if (isSingle(x)) {
      MapChecks.groups("divideGroups", mean, scale, x);
      MapChecks.groups("divideGroups", mean, scale, r);
      groups().divide(pool, r, x, mean, scale, p);
    } else {
      reference.divideGroups(r, x, mean, scale, p);
    }
  }

  @Override
  public void divideGroupsBackward(
      Tensor gx, Tensor gr, Tensor x, Tensor mean, Tensor scale, double p) {
    if (isSingle(x)) {
      MapChecks.groups("divideGroupsBackward", mean, scale, x);
      MapChecks.groups("divideGroupsBackward", mean, scale, gr);
      MapChecks.groups("divideGroupsBackward", mean, scale, gx);
      groups().divideBackward(pool, gx, gr, x, mean, scale, p);
    } else {
      reference.divideGroupsBackward(gx, gr, x, mean, scale, p);
    }
  }

  @Override
  public void groupPowersBackward(
      Tensor gx, Tensor gv, Tensor x, Tensor mean, Tensor scale, double q) {
    if (isSingle(x)) {
      MapChecks.groups("groupPowersBackward", mean, scale, x);
      MapChecks.groups("groupPowersBackward", gv, scale, gx);
      groups().powersBackward(pool, gx, gv, x, mean, scale, q);
    } else {
      reference.groupPowersBackward(gx, gv, x, mean, scale, q);
    }
  }

  @Override
  public void regionMeans(Tensor y, Tensor x) {
    if (isSingle(x)) {
      MapChecks.regions("regionMeans", y, x);
      regions().means(pool, y, x);
    } else {
      reference.regionMeans(y, x);
    }
  }

  @Override
  public void regionMeansBackward(Tensor gx, Tensor gy) {
    if (isSingle(gx)) {
      MapChecks.regions("regionMeansBackward", gy, gx);
      regions().backward(pool, gx, gy);
    } else {
      reference.regionMeansBackward(gx, gy);
    }
  }

  @Override
  public void copyColumns(Tensor y, int to, Tensor x, int from, int count) {
    if (!isSingle(y)) {
      reference.copyColumns(y, to, x, from, count);
      return;
    }
    MapChecks.copyColumns(y, to, x, from, count);
    int target = y.offset() + to;
    int source = x.offset() + from;
    for (int row = 0; row < y.shape().rows(); row++) {
      System.arraycopy(x.floats(), source, y.floats(), target, count);
      target += y.axis(-1);
      source += x.axis(-1);
    }
  }

  @Override
  public void spread(Tensor y, Tensor x) {
    MapChecks.spread(y, x);
    Object from = array(x);
    Object to = array(y);
    int c = x.axis(1);
    int positions = y.shape().rows() / Math.max(1, x.axis(0));
    for (int row = 0; row < y.shape().rows(); row++) {
      System.arraycopy(from, x.offset() + row / positions * c, to, y.offset() + row * c, c);
    }
  }

  private static Object array(Tensor t) {
    return switch (t.type()) {
      case F32 -> t.floats();
      case F64 -> t.doubles();
      case I32 -> t.ints();
      case U8 -> t.bytes();
    };
  }
}
