package dev.lamina.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lamina.kernel.Window;
import dev.lamina.tensor.DType;
import dev.lamina.tensor.Tensor;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadPoolTest {
  private static final int TILES = 37;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void runsEveryTileOnceInEveryDispatch(int threads) {
    ThreadPool pool = new ThreadPool(threads);
    Counting task = new Counting();
    for (int dispatch = 1; dispatch <= 2000; dispatch++) {
      pool.run(task, TILES);
      for (int tile = 0; tile < TILES; tile++) {
        assertEquals(dispatch, task.runs.get(tile), "runs of tile " + tile);
      }
    }
  }

  @Test
  void wakesWorkersThatWentToSleep() throws InterruptedException {
    ThreadPool pool = new ThreadPool(2);
    Meeting task = new Meeting();
    for (int dispatch = 0; dispatch < 5; dispatch++) {
      task.prepare();
      pool.run(task, 2);
      TimeUnit.MILLISECONDS.sleep(5); // far beyond the time that a worker spins
    }
    assertEquals(2, task.threads.size(), "two tiles that wait for each other need two threads");
  }

  @Test
  void makesNoOtherThreadWhenItHasOne() {
    Set<Thread> before = kernelThreads();
    ThreadPool pool = new ThreadPool(1);
    Set<Thread> ran = ConcurrentHashMap.newKeySet();
    pool.run(task(tile -> ran.add(Thread.currentThread())), TILES);
    assertEquals(Set.of(Thread.currentThread()), ran);
    assertTrue(before.containsAll(kernelThreads()), "a pool of one thread made another");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void throwsWhatATileThrewAndWorksOn(int threads) {
    ThreadPool pool = new ThreadPool(threads);
    for (int bad = 0; bad < TILES; bad += 12) {
      int broken = bad;
      RuntimeException thrown = new IllegalStateException("tile " + broken);
      TileTask task =
          task(tile -> {
            if (tile == broken) {
              throw thrown;
            }
          });
      assertSame(thrown, assertThrows(RuntimeException.class, () -> pool.run(task, TILES)));
    }
    Counting task = new Counting();
    pool.run(task, TILES);
    assertEquals(1, task.runs.get(TILES - 1));
  }

  @Test
  void letsATileCallThePool() {
    ThreadPool pool = new ThreadPool(3);
    Counting inner = new Counting();
    pool.run(task(tile -> pool.run(inner, TILES)), 5);
    for (int tile = 0; tile < TILES; tile++) {
      assertEquals(5, inner.runs.get(tile));
    }
  }

  @Test
  void servesSeveralCallersAtOnceWithTheSameBits() throws InterruptedException {
    ThreadPool pool = new ThreadPool(2);
    Window window = new Window(3, 3, 1, 1, 1);
    Tensor x = random(4, 18, 18, 24);
    Tensor w = random(64, 3, 3, 24);
    Tensor expected = Tensor.zeros(DType.F32, 4, 16, 16, 64);
    Projections.project(new ThreadPool(1), expected, x, w, window);
    float[][] got = new float[3][];
    Thread[] callers = new Thread[got.length];
    for (int i = 0; i < callers.length; i++) {
      int caller = i;
      callers[i] =
          new Thread(() -> {
            Tensor u = Tensor.zeros(DType.F32, 4, 16, 16, 64);
            for (int turn = 0; turn < 20; turn++) {
              Projections.project(pool, u, x, w, window);
            }
            got[caller] = u.floats();
          });
      callers[i].start();
    }
    for (Thread caller : callers) {
      assertTrue(caller.join(Duration.ofSeconds(50)), "a caller hangs");
    }
    assertAll(Arrays.stream(got).map(bits -> () -> assertArrayEquals(expected.floats(), bits)));
  }

  @Test
  void refusesZeroThreads() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new ThreadPool(0)).getMessage();
    assertEquals("threads must be at least 1 but was 0", message);
  }

  private static Set<Thread> kernelThreads() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("lamina-kernel")) {
        threads.add(thread);
      }
    }
    return threads;
  }

  private static Tensor random(int... axes) {
    Random random = new Random(5);
    Tensor t = Tensor.zeros(DType.F32, axes);
    for (int i = 0; i < t.size(); i++) {
      t.set(i, random.nextGaussian());
    }
    return t;
  }

  /// A body of a task as a lambda, for tests only.
  private interface Body {
    void run(int tile);
  }

  private static TileTask task(Body body) {
    return new TileTask() {
      @Override
      void run(int tile) {
        body.run(tile);
      }
    };
  }

  /// Counts how often each tile ran.
  private static final class Counting extends TileTask {
    private final AtomicIntegerArray runs = new AtomicIntegerArray(TILES);

    @Override
    void run(int tile) {
      runs.incrementAndGet(tile);
    }
  }

  /// Two tiles, each of which waits until the other has begun.
  private static final class Meeting extends TileTask {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private CountDownLatch both = new CountDownLatch(2);

    void prepare() {
      both = new CountDownLatch(2);
    }

    @Override
    void run(int tile) {
      threads.add(Thread.currentThread());
      both.countDown();
      try {
        assertTrue(both.await(30, TimeUnit.SECONDS), "the other tile never began");
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}
