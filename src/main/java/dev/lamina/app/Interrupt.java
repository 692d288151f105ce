package dev.lamina.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Turns Ctrl-C (and SIGTERM) into a request to stop, and keeps the program until it is done.
final class Interrupt {
  /// The exit code after an interrupt.
  static final int EXIT_CODE = 130;

  private static final int PATIENCE_MINUTES = 2;

  private Interrupt() {}

  /// Works; an interrupt meanwhile calls `stop` and lets the work come to its end.
  ///
  /// @return what the work returns
  static <T> T during(Supplier<T> work, Runnable stop) {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              await(done);
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.get();
    } finally {
      done.countDown();
      remove(hook);
    }
  }

  private static void await(CountDownLatch done) {
    try {
      if (!done.await(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        System.err.println(
            "lamina: the last update takes too long; ended without a checkpoint of it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return;
    }
  }
}
