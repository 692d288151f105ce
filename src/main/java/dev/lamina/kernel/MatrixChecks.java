package dev.lamina.kernel;

import dev.lamina.tensor.DType;
import dev.lamina.tensor.Shape;
import dev.lamina.tensor.Tensor;

/// The part of the door that knows square matrices; see `Checks` and `MatrixKernels`.
public final class MatrixChecks {
  private MatrixChecks() {}

  /// `symmetricProduct`: `c` F64 `[m, m]`, `a` and `b` `[m, ..]` of one shape and floating type.
  public static void symmetricProduct(Tensor c, Tensor a, Tensor b) {
    square("symmetricProduct", c);
    Checks.same("symmetricProduct", a, b);
    if (a.shape().rank() < 1 || a.axis(0) != c.axis(0)) {
      throw Checks.disagree("symmetricProduct", "product", c, "rows of", a.shape());
    }
  }

  /// Two square F64 matrices of one size.
  public static void square(String call, Tensor y, Tensor x) {
    square(call, y);
    square(call, x);
    Checks.sameShape(call, y, x);
  }

  /// One square F64 matrix.
  public static void square(String call, Tensor x) {
    Checks.type(call, x, DType.F64);
    if (x.shape().rank() != 2 || x.axis(0) != x.axis(1)) {
      throw new IllegalArgumentException(call + ": " + x.shape() + " is not square");
    }
  }

  /// `dot`: two F64 tensors of one shape and one number.
  public static void dot(Tensor out, Tensor a, Tensor b) {
    Checks.type("dot", out, DType.F64);
    Checks.type("dot", a, DType.F64);
    Checks.same("dot", a, b);
    Checks.size("dot", out, 1);
  }

  /// A vector beside a square matrix, or one number if `scalar`.
  public static void diagonal(String call, Tensor x, Tensor v, boolean scalar) {
    square(call, x);
    Checks.type(call, v, DType.F64);
    if (v.size() != x.axis(0) && !(scalar && v.size() == 1)) {
      throw Checks.disagree(call, "diagonal", v, "rows of", Shape.of(x.axis(0)));
    }
  }
}
