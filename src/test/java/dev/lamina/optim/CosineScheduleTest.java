package dev.lamina.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The cosine schedule is its closed form in every epoch, whether its cosine was kept or not.
class CosineScheduleTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 6, 49.5, 200, 30_000})
  void isTheClosedFormUpToThePeriodAndBeyond(double period) {
    Schedule schedule = new Schedule.Cosine(period, 0.01);
    for (long epoch : new long[] {0, 1, 5, 6, 7, 199, 200, 9_999, 10_000, 10_001, 29_999, 40_000}) {
      double cosine = StrictMath.cos(StrictMath.PI * epoch / period);
      double want = 0.01 + (0.3 - 0.01) * (1 + cosine) / 2;
      assertEquals(want, schedule.rate(0.3, epoch, 17), "epoch " + epoch);
    }
  }
}
