package dev.lamina.kernel;

import dev.lamina.kernel.reference.ReferenceKernels;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs one call on a tier and on the oracle, and compares what came out.
///
/// @param kernels the tier under test
/// @param sizes how much of the contract's sizes is tried
record Comparison(Kernels kernels, Sizes sizes) {
  private static final long SEED = Long.getLong("lamina.seed", 1);
  private static final Kernels ORACLE = new ReferenceKernels();

  /// Compares in F32 and in F64.
  ///
  /// @param what names the call in failures, and with `-Dlamina.seed` chooses the numbers
  /// @param call makes its arguments on the side that it is given, and calls one kernel
  void check(String what, Consumer<Side> call) {
    check(what, DType.F32, call);
    check(what, DType.F64, call);
  }

  /// Compares in F64 alone.
  void checkDouble(String what, Consumer<Side> call) {
    check(what, DType.F64, call);
  }

  private void check(String what, DType type, Consumer<Side> call) {
    long seed = SEED * 31 + what.hashCode();
    Side want = new Side(ORACLE, DType.F64, type, seed);
    Side got = new Side(kernels, type, type, seed);
    String where = "%s in %s on %s, -Dlamina.seed=%d".formatted(what, type, kernels.name(), SEED);
    try {
      call.accept(want);
      call.accept(got);
    } catch (RuntimeException e) {
      throw new AssertionError(where, e);
    }
    if (!got.guardsHold()) {
      throw new AssertionError(where + ": wrote outside its tensors");
    }
    for (int i = 0; i < want.compared().size(); i++) {
      compare(where + ", output " + i, got.compared().get(i), want.compared().get(i).tensor());
    }
  }

  private static void compare(String where, Side.Compared side, Tensor wanted) {
    List<String> wrong = new ArrayList<>();
    boolean single = side.tensor().type() == DType.F32;
    for (int i = 0; i < wanted.size(); i++) {
      double got = side.tensor().get(i);
      double want = single ? (float) wanted.get(i) : wanted.get(i);
      double bound = side.tolerance().bound(side.tensor().type(), want);
      boolean same = got == want || (Double.isNaN(got) && Double.isNaN(want));
      if (!same && !(Math.abs(got - want) <= bound)) {
        wrong.add("[%d] got %s, want %s, bound %.2g".formatted(i, got, want, bound));
      }
    }
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "%s %s: %d of %d wrong, first %s"
              .formatted(where, wanted.shape(), wrong.size(), wanted.size(), wrong.getFirst()));
    }
  }
}
