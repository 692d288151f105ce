package dev.lamina.golden;

import static dev.lamina.golden.DependenceCases.matrix;
import static dev.lamina.golden.DependenceCases.scalar;
import static dev.lamina.golden.DependenceCases.square;

import dev.lamina.kernel.Kernels;
import dev.lamina.measure.Cosine;
import dev.lamina.measure.Dependence;
import dev.lamina.measure.Gaussian;
import dev.lamina.measure.Hsic;
import dev.lamina.measure.KernelBottleneck;
import dev.lamina.measure.LabelKernel;
import dev.lamina.measure.Linear;
import dev.lamina.measure.PlausibleHsic;
import dev.lamina.measure.Similarity;
import dev.lamina.tensor.Tensor;
import java.util.List;

/// How the measures of `specs/phsic.md` are computed, without grouping: kernels, pHSIC, objective.
final class BottleneckCases {
  private BottleneckCases() {}

  static void kernel(GoldenCase c) {
    Tensor v = c.in("v");
    Similarity similarity =
        similarity(c, c.params().text("kernel"), c.params().number("sigma"), v.axis(0));
    Tensor k = matrix(similarity, v);
    c.check("k", k);
    Tensor dv = Tensor.zeros(v.type(), v.shape());
    similarity.gradient(dv, symmetric(c.in("dk")), k, v);
    c.check("dv", dv);
  }

  static Similarity similarity(GoldenCase c, String name, double sigma, int m) {
    return switch (name) {
      case "lin" -> new Linear(c.kernels(), m);
      case "cossim" -> new Cosine(c.kernels(), m);
      case "gaussian" -> Gaussian.unscaled(c.kernels(), m, sigma);
      default -> throw new IllegalArgumentException("no kernel is called " + name);
    };
  }

  /// The symmetric part, which alone acts on a symmetric matrix, in F64.
  private static Tensor symmetric(Tensor dk) {
    int m = dk.axis(0);
    Tensor g = square(m);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        g.set(i * m + j, (dk.get(i * m + j) + dk.get(j * m + i)) / 2);
      }
    }
    return g;
  }

  static void labels(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor y = c.in("y");
    int m = y.size();
    int classes = c.params().integer("classes");
    for (String name : List.of("lin", "gaussian", "cossim")) {
      Similarity similarity = similarity(c, name, c.params().number("sigma"), m);
      Tensor l = square(m);
      LabelKernel.oneHot(k, m, classes, similarity).matrix(l, y);
      c.check("raw_" + name, l);
      LabelKernel.centered(k, m, classes, similarity).matrix(l, y);
      c.check("centered_" + name, l);
    }
  }

  static void values(GoldenCase c) {
    Tensor a = symmetric(c.in("a"));
    dependence(c, "phsic", new PlausibleHsic(c.kernels(), a.axis(0)), a);
    dependence(c, "hsic", new Hsic(c.kernels()), a);
  }

  private static void dependence(GoldenCase c, String name, Dependence dependence, Tensor a) {
    Kernels k = c.kernels();
    int m = a.axis(0);
    Tensor centered = square(m);
    Tensor out = scalar(0);
    dependence.center(centered, a);
    dependence.value(out, centered, symmetric(c.in("b")));
    c.check(name, out);
    dependence.value(out, centered, a);
    c.check(name + "_self", out);
    k.affine(centered, centered, 1.0 / (m * m), 0);
    c.check("d" + name + "_db", centered);
    k.affine(centered, centered, 2, 0);
    c.check("d" + name + "_self", centered);
  }

  /// Computes the kernel of the labels of an objective and checks it.
  static Tensor labelKernel(GoldenCase c) {
    Params hsic = c.params().object("hsic");
    int m = c.in("y").size();
    Similarity similarity = similarity(c, hsic.text("ky"), hsic.number("sigma_y"), m);
    int classes = c.params().integer("classes");
    LabelKernel labels =
        hsic.flag("center_y")
            ? LabelKernel.centered(c.kernels(), m, classes, similarity)
            : LabelKernel.oneHot(c.kernels(), m, classes, similarity);
    Tensor l = square(m);
    labels.matrix(l, c.in("y"));
    c.check("ky", l);
    return l;
  }

  static void objective(GoldenCase c) {
    Params hsic = c.params().object("hsic");
    Tensor z = c.in("z");
    int m = z.axis(0);
    Similarity ofSamples = similarity(c, hsic.text("kz"), hsic.number("sigma_z"), m);
    Tensor l = labelKernel(c);
    Tensor k = matrix(ofSamples, z);
    c.check("k", k);
    if (c.params().has("modes")) {
      for (Object mode : c.params().list("modes")) {
        objective(c, mode + "_", (String) mode, ofSamples, l, k);
      }
    } else {
      objective(c, "", hsic.text("mode"), ofSamples, l, k);
    }
  }

  private static void objective(
      GoldenCase c, String prefix, String mode, Similarity similarity, Tensor l, Tensor k) {
    Kernels kernels = c.kernels();
    Tensor z = c.in("z");
    int m = z.axis(0);
    Dependence dependence =
        mode.equals("plausible") ? new PlausibleHsic(kernels, m) : new Hsic(kernels);
    double gamma = c.params().object("hsic").number("gamma");
    KernelBottleneck bottleneck = new KernelBottleneck(kernels, dependence, gamma);
    Tensor centered = square(m);
    Tensor dk = square(m);
    Tensor dz = Tensor.zeros(z.type(), z.shape());
    dependence.center(centered, l);
    bottleneck.compute(dk, k, centered);
    similarity.gradient(dz, dk, k, z);
    c.check(prefix + "zz", bottleneck.zz());
    c.check(prefix + "zy", bottleneck.zy());
    c.check(prefix + "loss", bottleneck.loss());
    c.check(prefix + "dk", dk);
    c.check(prefix + "dz", dz);
  }
}
