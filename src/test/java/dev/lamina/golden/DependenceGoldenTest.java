package dev.lamina.golden;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The cases of kernels, measures of dependence and their objectives (`specs/hsic-bottleneck.md`,
/// 2-5; `specs/phsic.md`, 2-4) on every tier.
class DependenceGoldenTest {
  /// Names of files; the grouped objectives and the one over a map's width are cases of layers.
  static final List<String> PATTERNS =
      List.of(
          "hb_{kernel,hsic,mmd,nhsic}*",
          "ph_{kernel,label_kernel,hsic_values}*",
          "ph_objective_{lin,cossim,gaussian,batch_of_one,one_class}");

  @TestFactory
  Stream<DynamicTest> reference() {
    return PATTERNS.stream()
        .flatMap(p -> GoldenCases.tests(p, Tier.REFERENCE, DependenceCases::compute));
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return PATTERNS.stream()
        .flatMap(p -> GoldenCases.tests(p, Tier.VECTOR, DependenceCases::compute));
  }
}
