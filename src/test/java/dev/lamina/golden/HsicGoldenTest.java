package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The `hb_*` cases of training, phases, evaluations and figures (`specs/hsic-bottleneck.md`, 7-12)
/// on every tier; measures and layers have tests of their own.
class HsicGoldenTest {
  static final String PATTERN =
      "hb_{train,backprop,format,sigma,solve,epoch,activation,needle,curve}*";

  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests(PATTERN, Tier.REFERENCE, HsicCases::compute);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return GoldenCases.tests(PATTERN, Tier.VECTOR, HsicCases::compute);
  }
}
