package dev.lamina.kernel;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The part of the door that knows matrices and maps: products, padding and pools; see `Checks`.
///
/// Maps and weights have rank 4, or rank 2 for 1×1 maps.
public final class MapChecks {
  private MapChecks() {}

  /// The height of a map or of the kernel in weights; 1 for rank 2.
  public static int height(Tensor map) {
    return map.shape().rank() == 2 ? 1 : map.axis(1);
  }

  /// The width of a map or of the kernel in weights; 1 for rank 2.
  public static int width(Tensor map) {
    return map.shape().rank() == 2 ? 1 : map.axis(2);
  }

  /// The products: `out` `[n, oh, ow, o]`, `map` `[n, h, w, c]`, `weights` `[o, kh, kw, c / g]`.
  public static void products(String call, Tensor out, Tensor map, Tensor weights, Window g) {
    Checks.floating(call, out, map);
    Checks.floating(call, map, weights);
    map(call, out);
    map(call, map);
    map(call, weights);
    int o = weights.axis(0);
    boolean fits =
        height(weights) == g.kh()
            && width(weights) == g.kw()
            && weights.axis(-1) * g.groups() == map.axis(-1)
            && o % g.groups() == 0;
    int oh = g.outHeight(height(map));
    int ow = g.outWidth(width(map));
    if (!fits || oh < 1 || ow < 1) {
      throw new IllegalArgumentException(
          "%s: weights %s do not fit a map %s with %s"
              .formatted(call, weights.shape(), map.shape(), g));
    }
    if (out.axis(0) != map.axis(0) || height(out) != oh || width(out) != ow || out.axis(-1) != o) {
      throw Checks.disagree(
          call, "outputs", out, "those of map and weights", Shape.of(map.axis(0), oh, ow, o));
    }
  }

  /// `gemm`: `c` `[m, n]` against `op(a)` and `op(b)`.
  public static void gemm(Tensor c, Tensor a, boolean transposeA, Tensor b, boolean transposeB) {
    Checks.floating("gemm", c, a);
    Checks.floating("gemm", a, b);
    Checks.rank("gemm", c, 2);
    Checks.rank("gemm", a, 2);
    Checks.rank("gemm", b, 2);
    int m = a.axis(transposeA ? 1 : 0);
    int k = a.axis(transposeA ? 0 : 1);
    int n = b.axis(transposeB ? 0 : 1);
    if (k != b.axis(transposeB ? 1 : 0)) {
      throw Checks.disagree("gemm", transposeA ? "aT" : "a", a, transposeB ? "bT" : "b", b.shape());
    }
    if (c.axis(0) != m || c.axis(1) != n) {
      throw Checks.disagree("gemm", "c", c, "the product", Shape.of(m, n));
    }
  }

  /// `pad` and `unpad`: `padded` is `map` with `p.size()` cells on each side.
  public static void padding(String call, Tensor padded, Tensor map, Padding p) {
    Checks.floating(call, padded, map);
    map(call, padded);
    map(call, map);
    int size = p.size();
    if (map.size() > 0 && !p.fits(height(map), width(map))) {
      String what = p.mode() == Padding.Mode.REFLECT ? "reflection" : "repetition";
      throw new IllegalArgumentException(
          call + ": a " + what + " of " + size + " cells needs a larger map than " + map.shape());
    }
    if (padded.axis(0) != map.axis(0)
        || height(padded) != height(map) + 2 * size
        || width(padded) != width(map) + 2 * size
        || padded.axis(-1) != map.axis(-1)) {
      throw Checks.disagree(
          call, "padded map", padded, "map, " + size + " cells on each side,", map.shape());
    }
  }

  /// Pools: `pooled` `[n, oh, ow, c]` from `map` `[n, h, w, c]`.
  public static void pool(String call, Tensor pooled, Tensor map, Pool p) {
    Checks.floating(call, pooled, map);
    map(call, pooled);
    map(call, map);
    int oh = p.out(height(map));
    int ow = p.out(width(map));
    if (oh < 1 || ow < 1) {
      throw new IllegalArgumentException(call + ": " + p + " does not fit a map " + map.shape());
    }
    if (pooled.axis(0) != map.axis(0)
        || height(pooled) != oh
        || width(pooled) != ow
        || pooled.axis(-1) != map.axis(-1)) {
      throw Checks.disagree(
          call,
          "pooled map",
          pooled,
          "the pool of " + map.shape(),
          Shape.of(map.axis(0), oh, ow, map.axis(-1)));
    }
  }

  /// Max pools: also I32 positions in the shape of the pooled map.
  public static void maxPool(String call, Tensor pooled, Tensor at, Tensor map, Pool p) {
    pool(call, pooled, map, p);
    Checks.type(call, at, DType.I32);
    if (!at.shape().equals(pooled.shape())) {
      throw Checks.disagree(call, "positions", at, "pooled map", pooled.shape());
    }
  }

  /// Groups of channels: `a` and `b` `[n, G]` for a map `x` `[n, .., c]` of one type, G dividing c.
  public static void groups(String call, Tensor a, Tensor b, Tensor x) {
    Checks.same(call, a, b);
    Checks.floating(call, a, x);
    map(call, x);
    Checks.rank(call, a, 2);
    int groups = a.axis(1);
    if (a.axis(0) != x.axis(0) || groups < 1 || x.axis(-1) % groups != 0) {
      throw Checks.disagree(call, "groups", a, "samples and channels of", x.shape());
    }
  }

  /// `groupMoments`: also at least one element in each group, since nothing has no mean.
  public static void groupMoments(Tensor mean, Tensor scale, Tensor x) {
    groups("groupMoments", mean, scale, x);
    if (x.size() == 0 && mean.size() > 0) {
      throw new IllegalArgumentException("groupMoments: empty groups in " + x.shape());
    }
  }

  /// Regions: `y` `[n, a, b, c]` with a and b at least 1 and at most height and width of `x`.
  public static void regions(String call, Tensor y, Tensor x) {
    Checks.floating(call, y, x);
    map(call, y);
    map(call, x);
    boolean fits =
        height(y) >= 1 && width(y) >= 1 && height(y) <= height(x) && width(y) <= width(x);
    if (!fits || y.axis(0) != x.axis(0) || y.axis(-1) != x.axis(-1)) {
      throw Checks.disagree(call, "regions", y, "a map of at least their size", x.shape());
    }
  }

  /// `copyColumns`: slices of `count` columns inside of two tensors with as many rows.
  public static void copyColumns(Tensor y, int to, Tensor x, int from, int count) {
    Checks.rows("copyColumns", y, y);
    Checks.rows("copyColumns", x, x);
    Checks.floating("copyColumns", y, x);
    boolean inside = to >= 0 && from >= 0 && count >= 0;
    if (!inside || to + count > y.axis(-1) || from + count > x.axis(-1)) {
      throw new IllegalArgumentException(
          "copyColumns: no %d columns from %d on in %s for those from %d on in %s"
              .formatted(count, from, x.shape(), to, y.shape()));
    }
    if (y.shape().rows() != x.shape().rows()) {
      throw Checks.disagree("copyColumns", "rows of", y, "rows of", x.shape());
    }
  }

  /// `spread`: `y` `[n, .., c]` and `x` `[n, c]` of one type.
  public static void spread(Tensor y, Tensor x) {
    map("spread", y);
    Checks.rank("spread", x, 2);
    if (y.type() != x.type() || y.axis(0) != x.axis(0) || y.axis(-1) != x.axis(-1)) {
      throw Checks.disagree("spread", y.type() + " map", y, x.type() + " channels", x.shape());
    }
  }

  private static void map(String call, Tensor t) {
    if (t.shape().rank() != 2 && t.shape().rank() != 4) {
      throw new IllegalArgumentException(
          call + ": " + t.shape() + " where [n, h, w, c] or [n, c] is needed");
    }
  }
}
