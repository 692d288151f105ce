package dev.lamina.golden;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// All `sh_*` cases (`specs/softhebb.md`) on every tier.
class SoftHebbGoldenTest {
  private static final String PATTERN = "sh_*";

  @TestFactory
  Stream<DynamicTest> reference() {
    return GoldenCases.tests(PATTERN, Tier.REFERENCE, SoftHebbCases::compute);
  }

  @TestFactory
  @Tag("widths")
  Stream<DynamicTest> vector() {
    return GoldenCases.tests(PATTERN, Tier.VECTOR, SoftHebbCases::compute);
  }
}
