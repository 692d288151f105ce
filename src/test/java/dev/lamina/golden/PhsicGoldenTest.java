package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The cases of rules with local objectives and of their networks (`specs/phsic.md`, 2-10) on every
/// tier.
class PhsicGoldenTest {
  /// Names of files; kernels, measures and plain objectives are cases of dependence.
  static final String PATTERN =
      "ph_{three_factor*,pairwise*,layer_class*,objective_grouped*,objective_center_width,mlp*,conv*}";

  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests(PATTERN, Tier.REFERENCE, PhsicCases::compute);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return GoldenCases.tests(PATTERN, Tier.VECTOR, PhsicCases::compute);
  }
}
