package dev.lamina.kernel;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Reductions and running sums along an axis.
interface ReductionContract {
  int[][] SHAPES = {
    {6, 5, 3}, {2, 1, 2}, {3, 7, 17}, {65, 2, 9}, {2, 33, 64}, {1025}, {4097}, {16}, {2}, {7, 130}
  };

  Comparison compare();

  @Test
  default void reducesEveryAxis() {
    for (int[] shape : SHAPES) {
      for (Reduction op : Reduction.values()) {
        for (int axis = -1; axis < shape.length; axis++) {
          int along = axis;
          String what = "%s of %s along %d".formatted(op, Arrays.toString(shape), axis);
          compare().check(what, side -> reduce(side, side.in(shape), op, along));
          if (isChoice(op)) {
            compare().check(what + ", ties", side -> reduce(side, side.ties(shape), op, along));
          }
        }
      }
    }
  }

  private static void reduce(Side side, Tensor x, Reduction op, int axis) {
    int rank = x.shape().rank();
    int at = axis < 0 ? rank + axis : axis;
    int[] left = new int[rank - 1];
    for (int i = 0; i < left.length; i++) {
      left[i] = x.axis(i < at ? i : i + 1);
    }
    boolean position = op == Reduction.ARGMAX || op == Reduction.ARGMIN;
    Tensor out = position ? side.positions(left) : side.out(tolerance(op, x.axis(at)), left);
    side.kernels().reduce(out, op, x, axis);
  }

  private static boolean isChoice(Reduction op) {
    return switch (op) {
      case MAX, MIN, ABSOLUTE_MAX, ARGMAX, ARGMIN -> true;
      default -> false;
    };
  }

  private static Tolerance tolerance(Reduction op, int m) {
    return switch (op) {
      case SUM, NORM_1 -> Tolerance.sum(m);
      case MEAN -> Tolerance.mean(m);
      // An unbiased variance of two numbers is their squared distance: up to 72.
      case VARIANCE, UNBIASED_VARIANCE, UNBIASED_DEVIATION -> Tolerance.mean(m).times(4);
      // Sums of positive terms have relative errors, and so have their roots.
      case NORM_2, NORM_3, LOG_SUM_EXP -> Tolerance.exponential(12, m);
      case PRODUCT -> new Tolerance(m, 0);
      default -> Tolerance.EXACT;
    };
  }

  @Test
  default void reducesToShapeOne() {
    for (int m : compare().sizes().from(2)) {
      compare()
          .check(
              "sum of all " + m,
              side -> {
                Tensor x = side.in(m);
                side.kernels().reduce(side.out(Tolerance.sum(m), 1), Reduction.SUM, x, 0);
                side.kernels()
                    .reduce(side.out(Tolerance.mean(m).times(4), 1), Reduction.VARIANCE, x, 0);
              });
    }
  }

  @Test
  default void theSumOfNothingIsZero() {
    compare()
        .check(
            "empty axes",
            side -> {
              side.kernels().reduce(side.out(Tolerance.EXACT, 3), Reduction.SUM, side.in(3, 0), 1);
              side.kernels()
                  .reduce(side.out(Tolerance.EXACT, 3), Reduction.PRODUCT, side.in(0, 3), 0);
              side.kernels().reduce(side.out(Tolerance.EXACT, 0), Reduction.MAX, side.in(0, 3), 1);
            });
  }

  @Test
  default void passesNaNOn() {
    for (Reduction op :
        new Reduction[] {
          Reduction.MAX, Reduction.MIN, Reduction.ABSOLUTE_MAX, Reduction.SUM, Reduction.MEAN
        }) {
      for (int at : new int[] {0, 5, 36}) {
        compare()
            .check(
                op + " with NaN at " + at,
                side -> {
                  Tensor x = side.in(37);
                  x.set(at, Double.NaN);
                  side.kernels().reduce(side.out(Tolerance.EXACT, 1), op, x, 0);
                });
      }
    }
  }

  @Test
  default void addsUpAsItGoes() {
    for (int[] shape : SHAPES) {
      for (int axis = -1; axis < shape.length; axis++) {
        int along = axis;
        compare()
            .check(
                "cumulativeSum of %s along %d".formatted(Arrays.toString(shape), axis),
                side -> {
                  Tensor x = side.in(shape);
                  Tolerance tolerance = Tolerance.sum(x.axis(along));
                  side.kernels().cumulativeSum(side.out(tolerance, shape), x, along);
                  side.kernels().cumulativeSum(side.compare(tolerance, x), x, along);
                });
      }
    }
  }

  @Test
  default void doesNotLoseTheVarianceOfNumbersFarFromZero() {
    for (DType type : new DType[] {DType.F32, DType.F64}) {
      Tensor x = Tensor.zeros(type, 4096);
      for (int i = 0; i < x.size(); i++) {
        x.set(i, 1e5 + i % 2);
      }
      Tensor variance = Tensor.zeros(type, 1);
      compare().kernels().reduce(variance, Reduction.VARIANCE, x, 0);
      if (!(Math.abs(variance.get(0) - 0.25) < 0.01)) {
        throw new AssertionError("variance of 100000 and 100001 is " + variance.get(0));
      }
    }
  }
}
