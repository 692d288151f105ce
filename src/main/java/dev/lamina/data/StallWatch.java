package dev.lamina.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream from which nothing came for a while, because the platform would wait for ever.
final class StallWatch implements AutoCloseable {
  private final InputStream watched;
  private final Thread watcher;
  private volatile long position;

  StallWatch(InputStream watched, Duration patience) {
    this.watched = watched;
    this.watcher = Thread.ofVirtual().name("stall watch").start(() -> watch(patience));
  }

  /// Tells that the stream has come this far.
  void at(long newPosition) {
    position = newPosition;
  }

  private void watch(Duration patience) {
    try {
      long seen;
      do {
        seen = position;
        Thread.sleep(patience);
      } while (position != seen);
      watched.close();
    } catch (InterruptedException | IOException e) {
      // Either the download is over, or the stream is as good as closed.
      return;
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
