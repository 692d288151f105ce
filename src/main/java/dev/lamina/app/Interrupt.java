package dev.lamina.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns Ctrl-C (and SIGTERM) into a request to stop, and keeps the program until it is done.
final class Interrupt implements AutoCloseable {
  /// The exit code after an interrupt.
  static final int EXIT_CODE = 130;

  private static final int PATIENCE_MINUTES = 2;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  /// From now on an interrupt calls `stop`.
  Interrupt(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              await();
            },
            "interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      done.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return;
    }
  }
}
