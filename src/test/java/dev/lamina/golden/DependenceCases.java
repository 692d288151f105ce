package dev.lamina.golden;

import static java.util.Map.entry;

import dev.lamina.kernel.Kernels;
import dev.lamina.kernel.MatrixKernels;
import dev.lamina.kernel.Operation;
import dev.lamina.kernel.Reduction;
import dev.lamina.measure.Cka;
import dev.lamina.measure.Gaussian;
import dev.lamina.measure.Hsic;
import dev.lamina.measure.LabelKernel;
import dev.lamina.measure.Linear;
import dev.lamina.measure.MeanSimilarity;
import dev.lamina.measure.MedianWidth;
import dev.lamina.measure.Mmd;
import dev.lamina.measure.NormalizedHsic;
import dev.lamina.measure.PairKernel;
import dev.lamina.measure.Similarity;
import dev.lamina.measure.UnbiasedHsic;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/// How the measures of `specs/hsic-bottleneck.md` are computed: kernels, HSIC, MMD, nHSIC.
final class DependenceCases {
  private static final Map<String, Consumer<GoldenCase>> BY_NAME =
      Map.ofEntries(
          entry("hb_kernel_wide", DependenceCases::kernels),
          entry("hb_kernel_tall", DependenceCases::kernels),
          entry("hb_kernel_labels", DependenceCases::labels),
          entry("hb_kernel_median", DependenceCases::median),
          entry("hb_hsic_", DependenceCases::hsic),
          entry("hb_mmd", DependenceCases::discrepancies),
          entry("hb_nhsic_", DependenceCases::normalized),
          entry("ph_kernel_", BottleneckCases::kernel),
          entry("ph_label_kernel", BottleneckCases::labels),
          entry("ph_hsic_values", BottleneckCases::values),
          entry("ph_objective_", BottleneckCases::objective));

  private DependenceCases() {}

  /// Computes a case and checks its outputs.
  static void compute(GoldenCase c) {
    BY_NAME.entrySet().stream()
        .filter(e -> c.name().startsWith(e.getKey()))
        .max(Comparator.comparingInt(e -> e.getKey().length()))
        .orElseThrow(() -> new AssertionError("nothing computes " + c.name()))
        .getValue()
        .accept(c);
  }

  /// The matrix that a similarity makes of samples.
  static Tensor matrix(Similarity similarity, Tensor z) {
    Tensor k = square(z.axis(0));
    similarity.matrix(k, z);
    return k;
  }

  static Tensor square(int m) {
    return Tensor.zeros(DType.F64, m, m);
  }

  static Tensor scalar(double value) {
    return Tensor.of(new double[] {value});
  }

  private static void kernels(GoldenCase c) {
    Kernels k = c.kernels();
    MatrixKernels matrices = k.matrices();
    Tensor x = c.in("X");
    int m = x.axis(0);
    double sigma = c.params().number("sigma");
    Tensor linear = matrix(new Linear(k, m), x);
    Tensor scaled = matrix(Gaussian.scaled(k, m, sigma), x);
    c.check("K_linear", linear);
    c.check("K", scaled);
    c.check("K_unscaled", matrix(Gaussian.unscaled(k, m, sigma), x));
    matrices.squaredDistances(linear, linear);
    c.check("D", linear);
    Tensor centered = square(m);
    matrices.center(centered, scaled);
    c.check("Kc", centered);
    Tensor means = Tensor.zeros(DType.F64, m);
    k.reduce(means, Reduction.MEAN, scaled, 1);
    k.combineRows(centered, scaled, means, Operation.SUBTRACT);
    c.check("KH", centered);
  }

  private static void labels(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor y = c.in("y");
    int m = y.size();
    Gaussian gaussian = Gaussian.scaled(k, m, c.params().number("sigma"));
    NormalizedHsic nhsic = new NormalizedHsic(k, m, NormalizedHsic.EPSILON);
    Tensor l = square(m);
    LabelKernel.oneHot(k, m, c.params().integer("classes"), gaussian).matrix(l, y);
    c.check("K_onehot", l);
    nhsic.normalize(l, l);
    c.check("R_onehot", l);
    LabelKernel.scalar(k, m, gaussian).matrix(l, y);
    c.check("K_scalar", l);
    nhsic.normalize(l, l);
    c.check("R_scalar", l);
  }

  private static void median(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor x = c.in("X");
    double width = MedianWidth.original(k, x);
    c.check("sigma", scalar(width));
    c.check("K", matrix(Gaussian.unscaled(k, x.axis(0), width), x));
  }

  private static void hsic(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor x = c.in("X");
    int m = x.axis(0);
    Similarity similarity =
        c.params().text("kernel").equals("linear")
            ? new Linear(k, m)
            : Gaussian.scaled(k, m, c.params().number("sigma"));
    Tensor kx = matrix(similarity, x);
    Tensor ky = matrix(similarity, c.in("Y"));
    Tensor out = scalar(0);
    new UnbiasedHsic(k, m).value(out, kx, ky);
    c.check("hsic_unbiased", out);
    Hsic hsic = new Hsic(k);
    hsic.center(kx, kx);
    hsic.value(out, kx, ky);
    c.check("hsic_m", out);
    k.affine(out, out, m * m, 0);
    c.check("trace", out);
    Hsic.ofPapers(k).value(out, kx, ky);
    c.check("hsic_m1", out);
    hsic.center(ky, ky);
    new Cka(k, m).value(out, kx, ky);
    c.check("cka", out);
  }

  private static void discrepancies(GoldenCase c) {
    Kernels k = c.kernels();
    double sigma = c.params().number("sigma");
    Tensor x = c.in("X");
    Tensor y = c.in("Y");
    Mmd mmd = new Mmd(k, sigma);
    c.check("mmd", scalar(mmd.value(x, y)));
    c.check("mmd_original", scalar(mmd.original(x, y)));
    c.check("mmd_joint", scalar(mmd.joint(x, y)));
    c.check("distcorr", scalar(MeanSimilarity.of(k, x, sigma)));
    c.check("pair_kernel", PairKernel.original(k, x.axis(1)).matrix(x, y));
  }

  private static void normalized(GoldenCase c) {
    Kernels k = c.kernels();
    Tensor z = c.in("Z");
    int m = z.axis(0);
    Gaussian gaussian = Gaussian.scaled(k, m, c.params().number("sigma"));
    NormalizedHsic nhsic = new NormalizedHsic(k, m, c.params().number("eps"));
    Tensor rx = matrix(gaussian, c.in("X"));
    nhsic.normalize(rx, rx);
    c.check("Rx", rx);
    Tensor ry = square(m);
    if (c.hasIn("y")) {
      LabelKernel.oneHot(k, m, c.params().integer("classes"), gaussian).matrix(ry, c.in("y"));
    } else {
      gaussian.matrix(ry, c.in("Yt"));
    }
    nhsic.normalize(ry, ry);
    c.check("Ry", ry);
    Tensor kz = matrix(gaussian, z);
    Tensor rz = square(m);
    nhsic.normalize(rz, kz);
    check(c, "Rz", rz);
    check(c, "hx", value(nhsic, rz, rx));
    check(c, "hy", value(nhsic, rz, ry));
    check(c, "dhx_dZ", gradient(nhsic, gaussian, rx, kz, z));
    check(c, "dhy_dZ", gradient(nhsic, gaussian, ry, kz, z));
    Tensor constant = square(m);
    k.affine(constant, ry, -c.params().number("beta"), 0);
    k.addScaled(constant, 1, rx);
    check(c, "loss", value(nhsic, rz, constant));
    check(c, "dZ", gradient(nhsic, gaussian, constant, kz, z));
  }

  private static Tensor value(NormalizedHsic nhsic, Tensor r, Tensor other) {
    Tensor out = scalar(0);
    nhsic.value(out, r, other);
    return out;
  }

  private static Tensor gradient(
      NormalizedHsic nhsic, Gaussian gaussian, Tensor constant, Tensor k, Tensor z) {
    Tensor g = square(z.axis(0));
    Tensor dz = Tensor.zeros(z.type(), z.shape());
    nhsic.gradient(g, constant);
    gaussian.gradient(dz, g, k, z);
    return dz;
  }

  /// Quantities that are zero are recorded as one plus their value.
  private static void check(GoldenCase c, String name, Tensor got) {
    if (c.hasOut(name)) {
      c.check(name, got);
    } else if (c.hasOut("one_plus_" + name)) {
      c.kernels().affine(got, got, 1, 1);
      c.check("one_plus_" + name, got);
    }
  }
}
