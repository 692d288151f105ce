package dev.lamina.kernel.vector;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that share the tiles of one task at a time; the calling thread is one of them.
///
/// A waiting thread spins for a bounded time, then parks. Who finds the pool busy (another caller,
/// or a tile that calls a kernel) computes all its tiles alone: tiles are fixed, so the bits are
/// the same. A dispatch allocates nothing. With one thread no other thread is ever made.
///
/// A tile is claimed by a compare-and-set on `ticket`, which holds the number of tiles left below
/// and a count of dispatches above. A task cannot end before its claimed tiles have, hence whoever
/// claimed one may read the plain fields `task` and `tiles`.
final class ThreadPool {
  /// How long a waiting thread looks before it sleeps: longer than the gap between two kernels of a
  /// step, shorter than what an overloaded machine would notice.
  private static final long SPIN_NANOS = 15_000;

  /// Looks between two readings of the clock.
  private static final int LOOKS = 32;

  private static final long LEFT = 0xFFFF_FFFFL;

  private final int threads;
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicLong ticket = new AtomicLong();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final Worker[] workers;
  private boolean started;
  private @Nullable TileTask task;
  private int tiles;
  private volatile @Nullable Throwable failure;
  private volatile @Nullable Thread sleeper;

  /// A pool of `threads` threads, the caller included.
  ///
  /// @throws IllegalArgumentException if `threads` is below 1
  ThreadPool(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1 but was " + threads);
    }
    this.threads = threads;
    this.workers = new Worker[threads - 1];
  }

  /// The number of threads, the caller included.
  int threads() {
    return threads;
  }

  /// Runs all tiles of `work` and returns when they are done.
  ///
  /// The first exception that a tile throws is thrown here; tiles not yet begun are then left out.
  void run(TileTask work, int count) {
    if (threads == 1 || count < 2 || !busy.compareAndSet(false, true)) {
      runAlone(work, count);
      return;
    }
    try {
      publish(work, count);
      takeTiles();
      awaitOthers();
      rethrow();
    } finally {
      task = null;
      failure = null;
      busy.set(false);
    }
  }

  /// Runs all tiles on the calling thread: for work too small to share.
  static void runAlone(TileTask work, int count) {
    for (int tile = 0; tile < count; tile++) {
      work.run(tile);
    }
  }

  private void publish(TileTask work, int count) {
    if (!started) {
      start();
    }
    task = work;
    tiles = count;
    unfinished.set(count);
    ticket.set((((ticket.get() >>> 32) + 1) << 32) | count);
    int wanted = Math.min(workers.length, count - 1);
    for (int i = 0; i < wanted; i++) {
      workers[i].wake();
    }
  }

  private void start() {
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i);
      workers[i].thread.start();
    }
    started = true;
  }

  private void takeTiles() {
    for (long seen = ticket.get(); (seen & LEFT) != 0; seen = ticket.get()) {
      if (ticket.compareAndSet(seen, seen - 1)) {
        runTile(tiles - (int) (seen & LEFT));
      }
    }
  }

  private void runTile(int tile) {
    try {
      if (failure == null && task != null) {
        task.run(tile);
      }
    } catch (Throwable thrown) {
      // Carried to the caller: a lost tile must never look like a finished one.
      failure = thrown;
    } finally {
      if (unfinished.decrementAndGet() == 0) {
        Thread waiting = sleeper;
        if (waiting != null) {
          LockSupport.unpark(waiting);
        }
      }
    }
  }

  private void awaitOthers() {
    if (spin(false)) {
      return;
    }
    sleeper = Thread.currentThread();
    while (unfinished.get() != 0) {
      LockSupport.park(this);
    }
    sleeper = null;
  }

  /// Looks for a bounded time whether there is work (a worker) or none left (the caller).
  private boolean spin(boolean forWork) {
    long begin = System.nanoTime();
    do {
      for (int look = 0; look < LOOKS; look++) {
        if (forWork ? (ticket.get() & LEFT) != 0 : unfinished.get() == 0) {
          return true;
        }
        Thread.onSpinWait();
      }
    } while (System.nanoTime() - begin < SPIN_NANOS);
    return false;
  }

  private void rethrow() {
    Throwable thrown = failure;
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }

  /// A daemon thread that takes tiles when there are any.
  private final class Worker implements Runnable {
    private final Thread thread;
    private volatile boolean sleeps;

    Worker(int number) {
      thread = new Thread(null, this, "lamina-kernel-" + (number + 1));
      thread.setDaemon(true);
    }

    void wake() {
      if (sleeps) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      while (true) {
        if (spin(true)) {
          takeTiles();
        } else {
          sleep();
        }
      }
    }

    private void sleep() {
      sleeps = true;
      while ((ticket.get() & LEFT) == 0) {
        LockSupport.park(ThreadPool.this);
      }
      sleeps = false;
    }
  }
}
