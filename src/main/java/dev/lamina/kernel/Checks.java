package dev.lamina.kernel;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The door of every tier: what the arguments of each kernel must fit, and what is said if not.
///
/// Each method throws `IllegalArgumentException` with the name of the call and the shapes that
/// disagree, and allocates nothing when they agree.
public final class Checks {
  private Checks() {}

  /// A tensor with one number per channel (last axis) of `x`.
  public static void perChannel(String call, Tensor v, Tensor x) {
    floating(call, v, x);
    atLeastRankOne(call, x);
    if (v.size() != x.axis(-1)) {
      throw disagree(call, "channel values", v, "channels of", x.shape());
    }
  }

  /// `y` like `x`, and one number per channel (last axis) of `x`, or a single number.
  public static void columns(String call, Tensor y, Tensor v, Tensor x) {
    rows(call, y, x);
    floating(call, v, x);
    if (v.size() != x.axis(-1) && v.size() != 1) {
      throw disagree(call, "column values", v, "columns of", x.shape());
    }
  }

  /// Batch statistics: a mean and a variance for each channel of `x`.
  public static void statistics(String call, Tensor mean, Tensor variance, Tensor x) {
    perChannel(call, mean, x);
    perChannel(call, variance, x);
  }

  /// `moments`: also at least one row, since a mean of nothing does not exist.
  public static void moments(Tensor mean, Tensor variance, Tensor x) {
    statistics("moments", mean, variance, x);
    if (x.shape().rows() == 0) {
      throw new IllegalArgumentException("moments: no rows in " + x.shape());
    }
  }

  /// `moveStatistics`: four vectors of one shape, and m ≥ 2.
  public static void moveStatistics(Tensor r, Tensor s, Tensor mean, Tensor variance, int m) {
    same("moveStatistics", r, s, mean);
    same("moveStatistics", r, variance);
    if (m < 2) {
      throw new IllegalArgumentException(
          "moveStatistics: an unbiased variance %s needs m >= 2 but m is %d"
              .formatted(variance.shape(), m));
    }
  }

  /// `normalize`: `y` like `x`, and a mean and a variance for each channel.
  public static void normalize(Tensor y, Tensor x, Tensor mean, Tensor variance) {
    same("normalize", y, x);
    statistics("normalize", mean, variance, x);
  }

  /// `normalizeBackward`: gradients like `x`, and a mean and a variance for each channel.
  public static void normalizeBackward(
      Tensor gx, Tensor gy, Tensor x, Tensor mean, Tensor variance) {
    same("normalizeBackward", gx, gy, x);
    statistics("normalizeBackward", mean, variance, x);
  }

  /// Two floating tensors of one type and one shape.
  public static void same(String call, Tensor a, Tensor b) {
    floating(call, a, b);
    sameShape(call, a, b);
  }

  /// Three floating tensors of one type and one shape.
  public static void same(String call, Tensor a, Tensor b, Tensor c) {
    same(call, a, b);
    same(call, a, c);
  }

  /// `convert`: a floating output of as many elements as the input.
  public static void convert(Tensor y, Tensor x) {
    floating("convert", y, y);
    if (y.size() != x.size()) {
      throw disagree("convert", "output", y, "input", x.shape());
    }
  }

  /// A loss with its gradient: `loss` `[1]`, and three tensors of one shape.
  public static void loss(String call, Tensor loss, Tensor g, Tensor x, Tensor t) {
    same(call, g, x);
    same(call, t, x);
    floating(call, loss, x);
    size(call, loss, 1);
  }

  /// `y` like `x`, and a U8 mask in the shape of `x`.
  public static void mask(String call, Tensor y, Tensor mask, Tensor x) {
    same(call, y, x);
    type(call, mask, DType.U8);
    sameShape(call, mask, x);
  }

  /// `randomMask`: a U8 mask, a probability in [0, 1].
  public static void randomMask(Tensor mask, double p) {
    type("randomMask", mask, DType.U8);
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "randomMask: probability " + p + " for a mask " + mask.shape());
    }
  }

  /// Two tensors of one shape, whatever their types.
  public static void sameShape(String call, Tensor a, Tensor b) {
    if (!a.shape().equals(b.shape())) {
      throw disagree(call, "one tensor", a, "the other", b.shape());
    }
  }

  /// The rows of a softmax and its kind: one shape, at least one axis.
  public static void rows(String call, Tensor y, Tensor x) {
    same(call, y, x);
    atLeastRankOne(call, x);
  }

  /// The rows of a gradient: three tensors of one shape, at least one axis.
  public static void rows(String call, Tensor gx, Tensor gy, Tensor y) {
    rows(call, gx, gy);
    same(call, gx, y);
  }

  /// Class labels: `labels` I32 `[n]`, each in 0 … classes-1, for `z` `[n, classes]`.
  public static void labels(String call, Tensor z, Tensor labels) {
    rank(call, z, 2);
    type(call, labels, DType.I32);
    if (labels.size() != z.axis(0)) {
      throw disagree(call, "labels", labels, "rows of", z.shape());
    }
    int[] values = labels.ints();
    int end = labels.offset() + labels.size();
    for (int i = labels.offset(); i < end; i++) {
      if (values[i] < 0 || values[i] >= z.axis(1)) {
        throw new IllegalArgumentException(
            "%s: label %d at %d of %s is outside the classes of %s"
                .formatted(call, values[i], i - labels.offset(), labels.shape(), z.shape()));
      }
    }
  }

  /// `crossEntropy`: figures `[2]`, gradient and scores of one shape, labels, at least one row.
  public static void crossEntropy(Tensor figures, Tensor gz, Tensor z, Tensor labels) {
    floating("crossEntropy", figures, z);
    same("crossEntropy", gz, z);
    labels("crossEntropy", z, labels);
    size("crossEntropy", figures, 2);
    if (z.axis(0) == 0) {
      throw new IllegalArgumentException("crossEntropy: no rows in " + z.shape());
    }
  }

  /// `argmax`: one I32 per row.
  public static void argmax(Tensor at, Tensor x) {
    type("argmax", at, DType.I32);
    atLeastRankOne("argmax", x);
    if (at.size() != x.shape().rows() || (at.size() > 0 && x.axis(-1) == 0)) {
      throw disagree("argmax", "positions", at, "rows of", x.shape());
    }
  }

  /// `topK`: `values` and I32 `at` `[rows, k]`, k at most the length of a row.
  public static void topK(Tensor values, Tensor at, Tensor x) {
    floating("topK", values, x);
    type("topK", at, DType.I32);
    atLeastRankOne("topK", x);
    atLeastRankOne("topK", values);
    if (values.shape().rows() != x.shape().rows()
        || values.axis(-1) > x.axis(-1)
        || !values.shape().equals(at.shape())) {
      throw disagree(
          "topK", "values", values, "positions " + at.shape() + " or rows of", x.shape());
    }
  }

  /// `compete`: `y` like `u`, `c` `[o]`, `wins` `[4, o]`, o divisible, rank inside a group.
  public static void compete(
      Tensor y, Tensor c, Tensor wins, Tensor u, Competition how, int groups) {
    rows("compete", y, u);
    perChannel("compete", c, u);
    floating("compete", wins, u);
    int o = u.axis(-1);
    if (wins.shape().rank() != 2 || wins.axis(0) != 4 || wins.axis(1) != o) {
      throw disagree("compete", "wins", wins, "four figures for each neuron of", u.shape());
    }
    if (groups < 1 || o % groups != 0 || (o > 0 && how.rank() > o / groups)) {
      throw new IllegalArgumentException(
          "compete: %s cannot be %d groups with a neuron of rank %d"
              .formatted(u.shape(), groups, how.rank()));
    }
  }

  /// `reduce`: `out` has the axes of `x` but one; what needs an element gets at least one.
  public static void reduce(Tensor out, Reduction op, Tensor x, int axis) {
    axis("reduce", x, axis);
    boolean position = op == Reduction.ARGMAX || op == Reduction.ARGMIN;
    if (position) {
      type("reduce", out, DType.I32);
    } else {
      floating("reduce", out, x);
    }
    int left = 1;
    int rank = x.shape().rank();
    int skipped = axis < 0 ? rank + axis : axis;
    int at = 0;
    boolean fits = out.shape().rank() == rank - 1 || (rank == 1 && out.size() == 1);
    for (int i = 0; i < rank; i++) {
      if (i != skipped) {
        left *= x.axis(i);
        fits = fits && out.axis(at++) == x.axis(i);
      }
    }
    if (!fits) {
      throw disagree("reduce", "output", out, "axis " + axis + " taken from", x.shape());
    }
    if (left > 0 && x.axis(skipped) == 0 && !reducesNothing(op)) {
      throw new IllegalArgumentException("reduce: no " + op + " of an empty axis in " + x.shape());
    }
  }

  private static boolean reducesNothing(Reduction op) {
    return switch (op) {
      case SUM, PRODUCT, NORM_1, NORM_2, NORM_3 -> true;
      default -> false;
    };
  }

  /// An axis of `x`; negative ones count from the end.
  public static void axis(String call, Tensor x, int axis) {
    int rank = x.shape().rank();
    if (axis >= rank || axis < -rank) {
      throw new IllegalArgumentException(call + ": no axis " + axis + " in " + x.shape());
    }
  }

  /// `cumulativeSum`: `y` like `x`, an axis of theirs.
  public static void cumulativeSum(Tensor y, Tensor x, int axis) {
    same("cumulativeSum", y, x);
    axis("cumulativeSum", x, axis);
  }

  /// `dropBelow`: three tensors of one shape, and one number per row.
  public static void dropBelow(Tensor y, Tensor x, Tensor u, Tensor p) {
    same("dropBelow", y, u);
    perRow("dropBelow", y, p, x);
  }

  /// `subtractScaledRows`: `delta` like `w`, and one number per neuron.
  public static void subtractScaledRows(Tensor delta, Tensor c, Tensor w) {
    same("subtractScaledRows", delta, w);
    perNeuron("subtractScaledRows", c, w, false);
  }

  /// `addScaledRows`: `delta` like `w`, a rate per neuron or for all, a maximum per group.
  public static void addScaledRows(Tensor w, Tensor eta, Tensor delta, Tensor most) {
    same("addScaledRows", w, delta);
    perNeuron("addScaledRows", eta, w, true);
    perGroup("addScaledRows", most, w);
  }

  /// `firstNotFinite`: a floating tensor and one number.
  public static void firstNotFinite(Tensor found, Tensor x) {
    floating("firstNotFinite", found, x);
    size("firstNotFinite", found, 1);
  }

  /// `y` like `x`, and one number per row of `x` along its last axis.
  public static void perRow(String call, Tensor y, Tensor v, Tensor x) {
    rows(call, y, x);
    floating(call, v, x);
    if (v.size() != x.shape().rows()) {
      throw disagree(call, "row values", v, "rows of", x.shape());
    }
  }

  /// One number per neuron (first axis) of `w`; with `scalar` also a single number.
  public static void perNeuron(String call, Tensor v, Tensor w, boolean scalar) {
    floating(call, v, w);
    atLeastRankOne(call, w);
    if (v.size() != w.axis(0) && !(scalar && v.size() == 1)) {
      throw disagree(call, "neuron values", v, "neurons of", w.shape());
    }
  }

  /// One number per group of neurons; the groups are equal.
  public static void perGroup(String call, Tensor most, Tensor w) {
    floating(call, most, w);
    atLeastRankOne(call, w);
    if (most.size() < 1 || w.axis(0) % most.size() != 0) {
      throw disagree(call, "group values", most, "neurons of", w.shape());
    }
  }

  /// A tensor of exactly `size` elements.
  public static void size(String call, Tensor t, int size) {
    if (t.size() != size) {
      throw disagree(call, "figures", t, "their place", Shape.of(size));
    }
  }

  /// A tensor of the given type.
  public static void type(String call, Tensor t, DType type) {
    if (t.type() != type) {
      throw new IllegalArgumentException(
          call + ": " + t.type() + " " + t.shape() + " where " + type + " is needed");
    }
  }

  /// Two tensors of one floating type.
  public static void floating(String call, Tensor a, Tensor b) {
    if (a.type() != b.type() || !a.type().isFloating()) {
      throw new IllegalArgumentException(
          "%s: %s %s with %s %s where one floating type is needed"
              .formatted(call, a.type(), a.shape(), b.type(), b.shape()));
    }
  }

  private static void atLeastRankOne(String call, Tensor t) {
    if (t.shape().rank() < 1) {
      throw new IllegalArgumentException(call + ": " + t.shape() + " has no axis");
    }
  }

  static void rank(String call, Tensor t, int rank) {
    if (t.shape().rank() != rank) {
      throw new IllegalArgumentException(
          call + ": " + t.shape() + " where rank " + rank + " is needed");
    }
  }

  static IllegalArgumentException disagree(String call, String a, Tensor x, String b, Shape y) {
    return new IllegalArgumentException(
        call + ": " + a + " " + x.shape() + " must match " + b + " " + y);
  }
}
