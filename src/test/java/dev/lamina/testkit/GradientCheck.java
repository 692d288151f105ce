package dev.lamina.testkit;

import dev.lamina.tensor.Tensor;
import java.util.function.DoubleSupplier;

/// Compares a gradient with differences of its function, in F64.
///
/// ```
/// f' ≈ (8 (f(x+h) - f(x-h)) - (f(x+2h) - f(x-2h))) / 12 h
/// ```
///
/// The truncation error is `h⁴ f⁽⁵⁾ / 30`, the rounding error about `2⁻⁵³ |f| / h`; both are a few
/// 1e-13 where h is the fifth root of the rounding unit. The tolerance is that of golden cases in
/// F64, 1e-9, of the largest derivative, or of 1 where all are smaller. The function must be smooth
/// within 2h of every element.
public final class GradientCheck {
  private static final double STEP = 0x1p-11;
  private static final double TOLERANCE = 1e-9;

  private GradientCheck() {}

  /// Fails if `gradient` is not the gradient of `function` by `variable`.
  ///
  /// @param what a name for the message
  /// @param variable F64; moved element by element and set back
  public static void verify(
      String what, Tensor gradient, Tensor variable, DoubleSupplier function) {
    double[] got = gradient.toDoubles();
    double scale = 1;
    double worst = 0;
    String where = "";
    for (int i = 0; i < variable.size(); i++) {
      double want = difference(variable, i, function);
      scale = Math.max(scale, Math.abs(want));
      double error = Math.abs(got[i] - want);
      if (!(error <= worst)) {
        worst = error;
        where = "at flat index %d got %s, differences give %s".formatted(i, got[i], want);
      }
    }
    if (!(worst <= TOLERANCE * scale)) {
      throw new AssertionError(
          "gradient by %s %s: error %.3g above %.3g; %s"
              .formatted(what, variable.shape(), worst, TOLERANCE * scale, where));
    }
  }

  private static double difference(Tensor variable, int i, DoubleSupplier function) {
    double x = variable.get(i);
    double near = at(variable, i, x + STEP, function) - at(variable, i, x - STEP, function);
    double far = at(variable, i, x + 2 * STEP, function) - at(variable, i, x - 2 * STEP, function);
    variable.set(i, x);
    return (8 * near - far) / (12 * STEP);
  }

  private static double at(Tensor variable, int i, double value, DoubleSupplier function) {
    variable.set(i, value);
    return function.getAsDouble();
  }
}
