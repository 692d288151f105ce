package dev.lamina.kernel.reference;

import dev.lamina.kernel.MatrixChecks;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.tensor.Tensor;

/// Square matrices by plain loops.
final class ReferenceMatrices implements MatrixKernels {
  @Override
  public void symmetricProduct(Tensor c, Tensor a, Tensor b) {
    MatrixChecks.symmetricProduct(c, a, b);
    double[] left = Doubles.of(a);
    double[] right = Doubles.of(b);
    int m = c.axis(0);
    int depth = m == 0 ? 0 : left.length / m;
    double[] out = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int l = 0; l < depth; l++) {
          sum += left[i * depth + l] * right[j * depth + l];
        }
        out[i * m + j] = sum;
        out[j * m + i] = sum;
      }
    }
    Doubles.store(c, out);
  }

  @Override
  public void squaredDistances(Tensor d, Tensor g) {
    MatrixChecks.square("squaredDistances", d, g);
    double[] gram = Doubles.of(g);
    int m = g.axis(0);
    double[] out = new double[gram.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        out[i * m + j] = Math.max(0, gram[i * m + i] + gram[j * m + j] - 2 * gram[i * m + j]);
      }
    }
    Doubles.store(d, out);
  }

  @Override
  public void center(Tensor y, Tensor x) {
    MatrixChecks.square("center", y, x);
    double[] values = Doubles.of(x);
    int m = x.axis(0);
    double[] means = new double[m];
    double mean = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        means[i] += values[i * m + j];
      }
      means[i] /= m;
      mean += means[i];
    }
    mean /= m;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        values[i * m + j] -= means[i] + means[j] - mean;
      }
    }
    Doubles.store(y, values);
  }

  @Override
  public void cholesky(Tensor t, Tensor b) {
    MatrixChecks.square("cholesky", t, b);
    double[] values = Doubles.of(b);
    int m = b.axis(0);
    double[] factor = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = values[i * m + j];
        for (int l = 0; l < j; l++) {
          rest -= factor[i * m + l] * factor[j * m + l];
        }
        factor[i * m + j] = i == j ? root(rest) : rest / factor[j * m + j];
      }
    }
    Doubles.store(t, factor);
  }

  /// NaN unless the number is positive, so that a matrix that is not positive definite shows.
  private static double root(double pivot) {
    return pivot > 0 ? Math.sqrt(pivot) : Double.NaN;
  }

  @Override
  public void choleskyInverse(Tensor a, Tensor t) {
    MatrixChecks.square("choleskyInverse", a, t);
    int m = t.axis(0);
    double[] s = triangularInverse(Doubles.of(t), m);
    double[] out = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int l = i; l < m; l++) {
          sum += s[l * m + i] * s[l * m + j];
        }
        out[i * m + j] = sum;
        out[j * m + i] = sum;
      }
    }
    Doubles.store(a, out);
  }

  /// `T⁻¹`, column by column: `T s_j = e_j`.
  private static double[] triangularInverse(double[] t, int m) {
    double[] s = new double[m * m];
    for (int j = 0; j < m; j++) {
      for (int i = j; i < m; i++) {
        double rest = i == j ? 1 : 0;
        for (int l = j; l < i; l++) {
          rest -= t[i * m + l] * s[l * m + j];
        }
        s[i * m + j] = rest / t[i * m + i];
      }
    }
    return s;
  }

  @Override
  public void dot(Tensor out, Tensor a, Tensor b) {
    MatrixChecks.dot(out, a, b);
    double[] left = Doubles.of(a);
    double[] right = Doubles.of(b);
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    out.set(0, sum);
  }

  @Override
  public void diagonal(Tensor v, Tensor x) {
    MatrixChecks.diagonal("diagonal", x, v, false);
    int m = x.axis(0);
    for (int i = 0; i < m; i++) {
      v.set(i, x.get(i * m + i));
    }
  }

  @Override
  public void addDiagonal(Tensor y, double a, Tensor v) {
    MatrixChecks.diagonal("addDiagonal", y, v, true);
    int m = y.axis(0);
    for (int i = 0; i < m; i++) {
      y.set(i * m + i, y.get(i * m + i) + a * v.get(v.size() == 1 ? 0 : i));
    }
  }
}
