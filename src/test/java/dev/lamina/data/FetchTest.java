package dev.lamina.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lamina.tensor.LaminaException;
import dev.lamina.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads from a server of this test that behaves badly in every way we know.
class FetchTest {
  private static final int SIZE = 300_000;
  private static final byte[] CONTENT = content();

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private Path target;
  private Path part;
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    target = folder.resolve("file.gz");
    part = folder.resolve("file.gz.part");
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void fetchesAndTellsHowFarItIs() throws IOException {
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    List<Long> seen = new ArrayList<>();
    fetching((file, done) -> seen.add(done)).fetch(source("/file.gz"), folder);
    checkFetched();
    assertEquals(SIZE, seen.getLast());
    assertEquals(seen.stream().sorted().toList(), seen);
  }

  @Test
  void fetchesNothingThatIsThere() throws IOException {
    Files.write(target, CONTENT);
    fetch("/none");
    checkFetched();
  }

  @Test
  void replacesAFileThatIsBroken() throws IOException {
    Files.write(target, Arrays.copyOf(CONTENT, SIZE - 1));
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    fetch("/file.gz");
    checkFetched();
  }

  @Test
  void goesOnWhereTheConnectionWasCut() throws IOException {
    serve(
        "/file.gz",
        exchange -> {
          if (ranges.size() < 3) {
            cut(exchange, 100_000);
          } else {
            send(exchange, CONTENT, true);
          }
        });
    fetch("/file.gz");
    checkFetched();
    assertEquals(List.of("", "bytes=100000-", "bytes=200000-"), ranges);
  }

  @Test
  void goesOnWhenTheServerFallsSilent() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    serve(
        "/file.gz",
        exchange -> {
          if (ranges.size() == 1) {
            cut(exchange, 100_000);
            await(over);
          } else {
            send(exchange, CONTENT, true);
          }
        });
    fetch("/file.gz");
    over.countDown();
    checkFetched();
    assertEquals(List.of("", "bytes=100000-"), ranges);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void goesOnWithThePartOfAnEarlierProcess() throws IOException {
    Files.write(part, Arrays.copyOf(CONTENT, 123));
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    fetch("/file.gz");
    checkFetched();
    assertEquals(List.of("bytes=123-"), ranges);
  }

  @Test
  void beginsAgainWhenTheServerKnowsNoRanges() throws IOException {
    Files.write(part, new byte[123]);
    serve("/file.gz", exchange -> send(exchange, CONTENT, false));
    fetch("/file.gz");
    checkFetched();
  }

  @Test
  void beginsAgainWhenTheOldPartWasWrong() throws IOException {
    Files.write(part, new byte[123]);
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    fetch("/file.gz");
    checkFetched();
    assertEquals(List.of("bytes=123-", ""), ranges);
  }

  @Test
  void beginsAgainWhenTheOldPartIsTooLong() throws IOException {
    Files.write(part, new byte[SIZE + 1]);
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    fetch("/file.gz");
    checkFetched();
  }

  @Test
  void followsRedirects() throws IOException {
    serve("/moved", exchange -> redirect(exchange, "/file.gz"));
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    fetch("/moved");
    checkFetched();
  }

  @Test
  void takesTheNextMirror() throws IOException {
    serve("/file.gz", exchange -> send(exchange, CONTENT, true));
    fetch("/none", "/file.gz");
    checkFetched();
  }

  @Test
  void removesAFileWithAWrongSum() {
    byte[] other = CONTENT.clone();
    other[SIZE / 2] ^= 1;
    serve("/file.gz", exchange -> send(exchange, other, true));
    fails("/file.gz", "wrong SHA-256 sum", Sha256Sum.of(other), Sha256Sum.of(CONTENT));
    assertFalse(Files.exists(part));
  }

  @Test
  void refusesAFileThatIsTooLong() {
    serve("/file.gz", exchange -> send(exchange, new byte[SIZE + 1], true));
    fails("/file.gz", "more came than the 300000 bytes");
  }

  @Test
  void saysWhatTheServerAnswered() {
    fails("/none", "/none: the server answered 404", "lamina data fetch toy", folder.toString());
  }

  @Test
  void givesUpOnAServerThatAlwaysFails() {
    serve("/file.gz", exchange -> answer(exchange, 503));
    fails("/file.gz", "the server answered 503");
    assertEquals(6, ranges.size());
  }

  @Test
  void givesUpOnAFileThatIsTooShortAndKeepsNothingWrong() {
    serve("/file.gz", exchange -> send(exchange, Arrays.copyOf(CONTENT, 10), true));
    fails("/file.gz", "/file.gz: ");
    assertFalse(Files.exists(target));
  }

  @Test
  void saysThatNobodyAnswers() {
    URI nobody = URI.create("http://127.0.0.1:1/");
    LaminaException error =
        assertThrows(
            LaminaException.class,
            () -> fetching((f, n) -> {}).fetch(source("/x").at(nobody), folder));
    assertTrue(error.getMessage().contains("connection failed"), error.getMessage());
    assertTrue(error.getMessage().contains("http://127.0.0.1:1/file.gz"), error.getMessage());
  }

  @Test
  void saysWhenTheFolderCannotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("plain"), "");
    LaminaException error =
        assertThrows(
            LaminaException.class,
            () -> new Fetch((f, n) -> {}).fetch(source("/x"), file.resolve("below")));
    assertTrue(error.getMessage().contains("cannot be written"), error.getMessage());
  }

  @Test
  void verifiesFilesAgainstTheirSums() throws IOException {
    Files.write(target, CONTENT);
    assertEquals(Verdict.State.INTACT, Verdict.of(target, source("/x")).state());
    Files.write(target, new byte[SIZE]);
    Verdict damaged = Verdict.of(target, source("/x"));
    assertEquals(Verdict.State.DAMAGED, damaged.state());
    assertTrue(damaged.text().contains("lamina data fetch toy"), damaged.text());
    Verdict unknown = Verdict.of(Files.write(folder.resolve("file"), CONTENT), source("/x"));
    assertEquals(Verdict.State.UNKNOWN, unknown.state());
  }

  private static Fetch fetching(Fetch.Progress progress) {
    return new Fetch(new Fetch.Manner(progress, Duration.ZERO, Duration.ofMillis(500)));
  }

  private void fetch(String... paths) {
    fetching((file, done) -> {}).fetch(source(paths), folder);
  }

  private void fails(String path, String... parts) {
    LaminaException error = assertThrows(LaminaException.class, () -> fetch(path));
    for (String text : parts) {
      assertTrue(error.getMessage().contains(text), text + " in: " + error.getMessage());
    }
    assertFalse(Files.exists(target));
  }

  private void checkFetched() throws IOException {
    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertFalse(Files.exists(part));
  }

  private Source source(String... paths) {
    int port = server.getAddress().getPort();
    List<URI> from =
        Arrays.stream(paths).map(p -> URI.create("http://127.0.0.1:" + port + p)).toList();
    DataFile file = new DataFile("file.gz", SIZE, Sha256Sum.of(CONTENT), from);
    return new Source(
        "toy",
        "",
        "",
        Source.Format.IDX,
        Shape.of(1, 1, 1),
        List.of("0"),
        List.of(file),
        List.of());
  }

  /// What a server does with a request.
  private interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private void serve(String path, Behaviour behaviour) {
    server.createContext(
        path,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "" : range);
          try (exchange) {
            behaviour.answer(exchange);
          }
        });
  }

  private static int start(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
  }

  private static void send(HttpExchange exchange, byte[] all, boolean knowsRanges)
      throws IOException {
    int from = knowsRanges ? start(exchange) : 0;
    if (from > 0 && from >= all.length) {
      answer(exchange, 416);
      return;
    }
    head(exchange, from, all.length);
    exchange.getResponseBody().write(all, from, all.length - from);
  }

  private static void cut(HttpExchange exchange, int after) throws IOException {
    int from = start(exchange);
    head(exchange, from, SIZE);
    OutputStream body = exchange.getResponseBody();
    body.write(CONTENT, from, Math.min(after, SIZE - from));
    body.flush();
  }

  private static void head(HttpExchange exchange, int from, int all) throws IOException {
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (all - 1) + "/" + all);
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, all - from);
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    answer(exchange, 302);
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
  }

  private static byte[] content() {
    byte[] bytes = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      bytes[i] = (byte) (i * 31 + i / 251);
    }
    return bytes;
  }

  private static final class Sha256Sum {
    static String of(byte[] bytes) {
      return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
  }
}
