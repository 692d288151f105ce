package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// All `fb_*` cases (`specs/weight-transport.md`) on every tier, but for resizing, which knows no
/// tier, and those of pHSIC that concern single projections and optimizers.
class TransportGoldenTest {
  static final String PATTERN = "{fb_[!r]*,ph_feedback_*,ph_optimizers}";

  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests(PATTERN, Tier.REFERENCE, TransportCases::compute);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return GoldenCases.tests(PATTERN, Tier.VECTOR, TransportCases::compute);
  }
}
