package dev.lamina.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// One file from one address, in as many attempts as its owner makes.
final class Download {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_REFUSED = 416;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client;
  private final URI from;
  private final DataFile file;
  private final Path part;
  private final Fetch.Progress progress;
  private final Duration patience;

  /// How an attempt ended.
  ///
  /// @param isWhole the part has the size that it must have
  /// @param mayTryAgain another attempt can help
  /// @param reason what was wrong, for the user
  record Outcome(boolean isWhole, boolean mayTryAgain, String reason) {
    private static final Outcome WHOLE = new Outcome(true, false, "");

    private static Outcome again(String reason) {
      return new Outcome(false, true, reason);
    }

    private static Outcome never(String reason) {
      return new Outcome(false, false, reason);
    }
  }

  Download(HttpClient client, URI from, DataFile file, Path target, Fetch.Manner manner) {
    this.client = client;
    this.from = from;
    this.file = file;
    this.part = target.resolveSibling(target.getFileName() + ".part");
    this.progress = manner.progress();
    this.patience = manner.patience();
  }

  /// Where the bytes are collected.
  Path part() {
    return part;
  }

  /// One request, which goes on where the part ends.
  Outcome run() throws IOException {
    long have = Files.exists(part) ? Files.size(part) : 0;
    if (have == file.bytes()) {
      return Outcome.WHOLE;
    }
    if (have > file.bytes()) {
      Files.delete(part);
      have = 0;
    }
    try {
      return answered(client.send(request(have), BodyHandlers.ofInputStream()), have);
    } catch (WriteFailed e) {
      throw AtomicFile.cannotWrite(part, e.cause);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      return Outcome.again("the connection failed or was cut (" + reason + ")");
    } catch (InterruptedException e) {
      throw Fetch.interrupted(e);
    }
  }

  private HttpRequest request(long have) {
    HttpRequest.Builder request = HttpRequest.newBuilder(from).timeout(Duration.ofSeconds(60));
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    return request.build();
  }

  private Outcome answered(HttpResponse<InputStream> answer, long have) throws IOException {
    try (InputStream body = answer.body()) {
      int status = answer.statusCode();
      if (status == OK) {
        return collect(body, 0);
      }
      if (status == PARTIAL && isRange(answer, have)) {
        return collect(body, have);
      }
      if (status == PARTIAL || status == RANGE_REFUSED) {
        Files.deleteIfExists(part);
        return Outcome.again("the server could not go on at byte " + have);
      }
      String reason = "the server answered " + status;
      return status >= SERVER_ERROR ? Outcome.again(reason) : Outcome.never(reason);
    }
  }

  private static boolean isRange(HttpResponse<?> answer, long have) {
    String range = answer.headers().firstValue("Content-Range").orElse("");
    return range.startsWith("bytes " + have + "-");
  }

  private Outcome collect(InputStream body, long start) throws IOException {
    long at = start;
    try (StallWatch watch = new StallWatch(body, patience);
        FileChannel out =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(start).position(start);
      byte[] buffer = new byte[1 << 16];
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        at += n;
        if (at > file.bytes()) {
          out.truncate(0);
          return Outcome.never("more came than the " + file.bytes() + " bytes of this file");
        }
        write(out, ByteBuffer.wrap(buffer, 0, n));
        progress.at(file, at);
        watch.at(at);
      }
    }
    return at == file.bytes()
        ? Outcome.WHOLE
        : Outcome.again("only " + at + " of " + file.bytes() + " bytes came");
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws WriteFailed {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw new WriteFailed(e);
    }
  }

  /// The disk failed, not the network.
  private static final class WriteFailed extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException cause;

    WriteFailed(IOException cause) {
      super(cause);
      this.cause = cause;
    }
  }
}
