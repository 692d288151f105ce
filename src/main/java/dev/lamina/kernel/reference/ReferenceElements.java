package dev.lamina.kernel.reference;

import dev.lamina.kernel.Function;
import dev.lamina.kernel.Operation;
import dev.lamina.tensor.Tensor;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Element-wise operations and their two broadcasts.
final class ReferenceElements {
  private ReferenceElements() {}

  /// Replaces each value by `f` of it.
  static void each(double[] values, DoubleUnaryOperator f) {
    for (int i = 0; i < values.length; i++) {
      values[i] = f.applyAsDouble(values[i]);
    }
  }

  /// The array of `f(a, b)` for each pair.
  static double[] each(double[] a, double[] b, DoubleBinaryOperator f) {
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = f.applyAsDouble(a[i], b[i]);
    }
    return out;
  }

  /// `y = f(x)`.
  static void each(Tensor y, Tensor x, DoubleUnaryOperator f) {
    double[] values = Doubles.of(x);
    each(values, f);
    Doubles.store(y, values);
  }

  /// `y = f(a, b)`.
  static void each(Tensor y, Tensor a, Tensor b, DoubleBinaryOperator f) {
    Doubles.store(y, each(Doubles.of(a), Doubles.of(b), f));
  }

  static DoubleUnaryOperator of(Function f) {
    return switch (f) {
      case EXP -> StrictMath::exp;
      case EXPM1 -> StrictMath::expm1;
      case LOG -> StrictMath::log;
      case LOG1P -> StrictMath::log1p;
      case TANH -> StrictMath::tanh;
      case ERF -> ErrorFunction::erf;
      case SQRT -> Math::sqrt;
      case ABS -> Math::abs;
      case SIGN -> Math::signum;
      case SQUARE -> x -> x * x;
      case RECIPROCAL -> x -> 1 / x;
      case NEGATE -> x -> -x;
    };
  }

  static DoubleBinaryOperator of(Operation op) {
    return switch (op) {
      case ADD -> (a, b) -> a + b;
      case SUBTRACT -> (a, b) -> a - b;
      case MULTIPLY -> (a, b) -> a * b;
      case DIVIDE -> (a, b) -> a / b;
      case MAX -> Math::max;
      case MIN -> Math::min;
    };
  }

  static DoubleUnaryOperator signedPower(double p) {
    return p == 1 ? x -> x : x -> Math.copySign(StrictMath.pow(Math.abs(x), p), x);
  }

  static void fill(Tensor y, double value) {
    double[] values = new double[y.size()];
    Arrays.fill(values, value);
    Doubles.store(y, values);
  }

  static void mask(Tensor y, Tensor x, Tensor mask, double scale) {
    each(y, x, mask, (v, keep) -> keep == 0 ? 0 : v * scale);
  }

  static void combineColumns(Tensor y, Tensor x, Tensor v, Operation op) {
    double[] values = Doubles.of(x);
    double[] columns = Doubles.of(v);
    DoubleBinaryOperator f = of(op);
    for (int i = 0; i < values.length; i++) {
      values[i] = f.applyAsDouble(values[i], columns[i % columns.length]);
    }
    Doubles.store(y, values);
  }

  static void combineRows(Tensor y, Tensor x, Tensor v, Operation op) {
    double[] values = Doubles.of(x);
    double[] rows = Doubles.of(v);
    DoubleBinaryOperator f = of(op);
    int length = x.axis(-1);
    for (int i = 0; i < values.length; i++) {
      double row = rows[i / length];
      boolean byZero = op == Operation.DIVIDE && row == 0;
      values[i] = byZero ? 0 : f.applyAsDouble(values[i], row);
    }
    Doubles.store(y, values);
  }

  static void dropBelow(Tensor y, Tensor x, Tensor u, Tensor p) {
    double[] values = Doubles.of(x);
    double[] draws = Doubles.of(u);
    double[] limits = Doubles.of(p);
    int length = x.axis(-1);
    for (int i = 0; i < values.length; i++) {
      values[i] = draws[i] < limits[i / length] ? 0 : values[i];
    }
    Doubles.store(y, values);
  }

  static void firstNotFinite(Tensor found, Tensor x) {
    double[] values = Doubles.of(x);
    int at = 0;
    while (at < values.length && Double.isFinite(values[at])) {
      at++;
    }
    found.set(0, at < values.length ? at : -1);
  }
}
