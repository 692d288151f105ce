package dev.lamina.golden;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Compares the results of a case with its file, and tells at the end all that was wrong.
///
/// An output is right if `max|got - want| / max(1e-30, max|want|)` stays under its tolerance:
/// `tol64` of the parameters or 1e-9 in F64, the file's `tol32` in F32; integers must be equal.
final class Verdict implements Outputs {
  private static final double TOLERANCE_64 = 1e-9;
  private static final double SMALLEST_SCALE = 1e-30;

  private final GoldenFile file;
  private final Tier tier;
  private final Set<String> unchecked;
  private final List<String> failures = new ArrayList<>();

  Verdict(GoldenFile file, Tier tier) {
    this.file = file;
    this.tier = tier;
    this.unchecked = new LinkedHashSet<>(file.outputs());
  }

  @Override
  public boolean has(String name) {
    return file.tensors().containsKey(GoldenFile.OUT + name);
  }

  @Override
  public void take(String name, Tensor got) {
    Tensor want = file.tensors().get(GoldenFile.OUT + name);
    if (want == null) {
      throw new IllegalArgumentException(file.name() + " has no output " + name);
    }
    unchecked.remove(name);
    if (got.size() != want.size()) {
      failures.add(name + ": got shape " + got.shape() + ", want " + want.shape());
    } else {
      compare(name, got, want);
    }
  }

  private void compare(String name, Tensor got, Tensor want) {
    double worst = worst(got, want);
    double tolerance = tolerance(name, want);
    if (worst > tolerance) {
      int at = worstAt(got, want);
      failures.add(
          "%s %s: error %.3g above %.3g; at flat index %d got %s, want %s"
              .formatted(name, want.shape(), worst, tolerance, at, got.get(at), want.get(at)));
    }
  }

  /// The error of a whole tensor.
  static double worst(Tensor got, Tensor want) {
    double scale = SMALLEST_SCALE;
    for (int i = 0; i < want.size(); i++) {
      scale = Math.max(scale, Math.abs(want.get(i)));
    }
    return want.size() == 0 ? 0 : error(got, want, worstAt(got, want)) / scale;
  }

  private static int worstAt(Tensor got, Tensor want) {
    int at = 0;
    for (int i = 1; i < want.size(); i++) {
      at = error(got, want, i) > error(got, want, at) ? i : at;
    }
    return at;
  }

  private static double error(Tensor got, Tensor want, int i) {
    boolean same = Double.compare(got.get(i), want.get(i)) == 0;
    double difference = same ? 0 : Math.abs(got.get(i) - want.get(i));
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private double tolerance(String name, Tensor want) {
    if (!want.type().isFloating()) {
      return 0;
    }
    return tier.type() == DType.F64
        ? file.params().number("tol64", TOLERANCE_64)
        : file.tolerances().number(name);
  }

  /// Fails with everything that was wrong, and with every output that was never compared.
  void announce() {
    unchecked.forEach(name -> failures.add(name + ": never compared"));
    if (!failures.isEmpty()) {
      throw new AssertionError(
          "%s on %s (%s; %s):%n  %s"
              .formatted(
                  file.name(),
                  tier.kernels().name(),
                  file.metadata().get("spec"),
                  file.metadata().get("note"),
                  String.join("%n  ".formatted(), failures)));
    }
  }
}
