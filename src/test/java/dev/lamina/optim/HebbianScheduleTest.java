package dev.lamina.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// `specs/softhebb.md`, section 26: the linear rate is exactly 0 after E/ρ updates, never negative.
class HebbianScheduleTest {
  @Test
  void theLinearRateIsExactlyZeroAfterTheLastUpdate() {
    for (int batch : new int[] {1, 3, 10, 32, 64}) {
      for (int samples : new int[] {60, 4999, 9469, 50_000, 60_000}) {
        for (int epochs : new int[] {1, 2, 7}) {
          check(batch, samples, epochs);
        }
      }
    }
  }

  private static void check(int batch, int samples, int epochs) {
    Schedule schedule = new Schedule.HebbianLinear((double) batch / samples, epochs);
    long last = ((long) epochs * samples + batch - 1) / batch; // E/ρ, rounded up
    String what = "batch %d of %d samples, %d epochs".formatted(batch, samples, epochs);
    assertTrue(schedule.rate(0.05, 0, last - 1) > 0, what);
    for (long update = last; update < 2 * last; update += 1 + last / 7) {
      assertEquals(0, schedule.rate(0.05, 0, update), what + ", update " + update);
    }
  }
}
