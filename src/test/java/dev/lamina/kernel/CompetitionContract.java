package dev.lamina.kernel;

import dev.lamina.kernel.Competition.Form;
import dev.lamina.kernel.Competition.Soft;
import dev.lamina.tensor.Tensor;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/// The competition of neurons.
interface CompetitionContract {
  /// Rows, neurons, groups.
  int[][] LAYERS = {
    {0, 5, 1},
    {1, 1, 1},
    {3, 2, 1},
    {5, 7, 1},
    {33, 16, 2},
    {9, 17, 1},
    {64, 96, 1},
    {20, 130, 1},
    {7, 96, 4},
    {300, 33, 3},
    {2, 1025, 1}
  };

  Comparison compare();

  @Test
  default void competesInEveryForm() {
    for (int[] layer : LAYERS) {
      for (Form form : Form.values()) {
        int most = layer[1] / layer[2];
        for (int rank : new int[] {1, 2, 3, most}) {
          var how = new Competition(form, 1.7, 0.4, Math.min(rank, most), Soft.EXP);
          check(layer, how, "", Side::in);
          check(layer, how, " of ties", Side::ties);
        }
      }
    }
  }

  @Test
  default void competesWithEveryFunction() {
    for (int[] layer : LAYERS) {
      for (Soft function : Soft.values()) {
        for (Form form : new Form[] {Form.SOFT, Form.SOFT_ANTI}) {
          check(layer, new Competition(form, 1, 0, 1, function), " above 0", Side::positive);
        }
      }
    }
  }

  @Test
  default void rowsWithoutASumAreZeros() {
    for (int[] layer : LAYERS) {
      for (Soft function : new Soft[] {Soft.RELU, Soft.REPU}) {
        check(
            layer, new Competition(Form.SOFT_ANTI, 1, 0, 1, function), " below 0", Side::negative);
      }
    }
  }

  @Test
  default void isHardWhenColdAndUniformWhenHot() {
    for (int[] layer : LAYERS) {
      check(layer, Competition.of(Form.SOFT, 96), "", Side::in);
      check(layer, Competition.of(Form.SOFT_ANTI, 0), "", Side::in);
    }
  }

  private void check(
      int[] layer, Competition how, String data, BiFunction<Side, int[], Tensor> numbers) {
    String what = "compete %d x %d / %d %s".formatted(layer[0], layer[1], layer[2], how);
    compare()
        .check(
            what + data,
            side -> compete(side, numbers.apply(side, new int[] {layer[0], layer[1]}), layer, how));
  }

  /// Shares carry the relative error of an exponential or, for the 15th power, of 15 products; an
  /// argument is at most T times the span of the inputs.
  private static void compete(Side side, Tensor u, int[] layer, Competition how) {
    int rows = layer[0];
    int o = layer[1];
    Tolerance share =
        Tolerance.exponential(how.inverseTemperature() * RowContract.SPAN + 15, o / layer[2]);
    Tolerance sums = Tolerance.sum(rows).and(new Tolerance(0, rows * 6 * share.relative()));
    Tensor y = side.out(share, rows, o);
    Tensor wins = side.inOut(sums, 4, o);
    Tensor c = side.out(sums, o);
    side.kernels().compete(y, c, wins, u, how, layer[2]);
  }
}
