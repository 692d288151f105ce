package dev.lamina.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {
  private static final Path BUNDLED = Path.of("data/mnist").toAbsolutePath();

  @TempDir Path temp;

  @Test
  void listSaysWhereASetLiesAndWhereItLooked() throws IOException {
    TinyRun tiny = TinyRun.prepare(temp);
    String out = Invocation.succeeds("data", "list", "--data", tiny.data());
    assertTrue(out.contains(tiny.data().resolve("mnist").toString()), out);
    assertTrue(out.contains("(--data)"), out);
    assertTrue(out.contains("cifar-100"), out);
    assertTrue(out.contains("Looked for in " + tiny.data() + " (--data), "), out);
  }

  @Test
  void fetchTakesASetFromAMirrorAndChecksIt() throws IOException {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            BUNDLED,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    String mirror = "http://localhost:" + server.getAddress().getPort() + "/";
    try {
      String out =
          Invocation.succeeds("data", "fetch", "mnist", "--data", temp, "--mirror", mirror);
      assertEquals(4, out.lines().filter(line -> line.endsWith("  intact")).count(), out);
    } finally {
      server.stop(0);
    }
    String name = "train-labels-idx1-ubyte.gz";
    assertArrayEquals(
        Files.readAllBytes(BUNDLED.resolve(name)),
        Files.readAllBytes(temp.resolve("mnist").resolve(name)));
    assertTrue(Invocation.succeeds("data", "verify", "mnist", "--data", temp).startsWith("intact"));
  }

  @Test
  void fetchSaysWhyAFileCouldNotBeHad() throws IOException {
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            temp,
            SimpleFileServer.OutputLevel.NONE);
    server.start();
    String mirror = "http://localhost:" + server.getAddress().getPort() + "/";
    try {
      String message =
          Invocation.fails("data", "fetch", "mnist", "--data", temp, "--mirror", mirror);
      assertTrue(message.contains("the server answered 404"), message);
      assertTrue(message.contains("Try 'lamina data fetch mnist' again later"), message);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void verifyEndsWithAnErrorWhenAFileIsDamaged() throws IOException {
    TinyRun tiny = TinyRun.prepare(temp);
    Path mnist = tiny.data().resolve("mnist");
    for (String name : List.of("train-labels-idx1-ubyte.gz", "t10k-labels-idx1-ubyte.gz")) {
      Files.copy(BUNDLED.resolve(name), mnist.resolve(name));
    }
    Path images = mnist.resolve("train-images-idx3-ubyte.gz");
    Files.copy(BUNDLED.resolve("t10k-images-idx3-ubyte.gz"), images);
    Files.copy(images, mnist.resolve("t10k-images-idx3-ubyte.gz"));
    for (String plain : List.of("train-labels", "t10k-labels")) {
      Files.delete(mnist.resolve(plain + "-idx1-ubyte"));
    }
    for (String plain : List.of("train-images", "t10k-images")) {
      Files.delete(mnist.resolve(plain + "-idx3-ubyte"));
    }
    Invocation run = Invocation.of("data", "verify", "--data", tiny.data());
    assertEquals(2, run.code(), run.toString());
    assertEquals("lamina: 1 file is damaged\n", run.err());
    assertTrue(run.out().contains("damaged  " + images + "  found sha256 "), run.out());
    assertTrue(run.out().contains("download it again with 'lamina data fetch mnist'"), run.out());
  }

  @Test
  void unknownAndMissingSetsAreNamed() {
    assertEquals(
        "there is no data set 'mnits'; take one of: mnist, fashion-mnist, kmnist, cifar-10,"
            + " cifar-100",
        Invocation.fails("data", "verify", "mnits"));
    assertEquals(
        "--data "
            + temp.resolve("none")
            + " is not a folder; name the folder that holds the data"
            + " sets",
        Invocation.fails("data", "list", "--data", temp.resolve("none")));
  }
}
