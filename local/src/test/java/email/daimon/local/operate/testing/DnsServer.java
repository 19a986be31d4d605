package email.daimon.local.operate.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A name server over UDP on loopback, with the records that it is given (RFC 1035 4). */
public final class DnsServer implements AutoCloseable {
  private static final Map<Integer, String> TYPES =
      Map.of(1, "A", 5, "CNAME", 15, "MX", 16, "TXT", 28, "AAAA");
  private static final int NAME_ERROR = 3;
  private static final int SERVER_FAILURE = 2;
  private final DatagramSocket socket;
  private final Map<String, List<Object>> records = new ConcurrentHashMap<>();
  private final Map<String, Boolean> broken = new ConcurrentHashMap<>();

  public DnsServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** A TXT record of several strings has them as a list. */
  public DnsServer add(String name, String type, Object value) {
    records
        .computeIfAbsent(
            name.toLowerCase(Locale.ROOT) + " " + type, _ -> new CopyOnWriteArrayList<>())
        .add(value);
    return this;
  }

  public DnsServer remove(String name, String type) {
    records.remove(name + " " + type);
    return this;
  }

  /** From now on questions about the name fail. */
  public DnsServer fail(String name) {
    broken.put(name, true);
    return this;
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        byte[] answer = answer(buffer, packet.getLength());
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private byte[] answer(byte[] question, int length) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = 12;
    while (question[at] != 0) {
      name.append(name.isEmpty() ? "" : ".")
          .append(new String(question, at + 1, question[at], StandardCharsets.US_ASCII));
      at += question[at] + 1;
    }
    String asked = name.toString().toLowerCase(Locale.ROOT);
    int type = (question[at + 1] & 0xFF) << 8 | question[at + 2] & 0xFF;
    int end = at + 5;
    List<Object> found = records.getOrDefault(asked + " " + TYPES.get(type), List.of());
    boolean known = records.keySet().stream().anyMatch(key -> key.startsWith(asked + " "));
    int code = broken.containsKey(asked) ? SERVER_FAILURE : known ? 0 : NAME_ERROR;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8580 | code);
    out.writeShort(1);
    out.writeShort(code == 0 ? found.size() : 0);
    out.writeShort(0);
    out.writeShort(0);
    out.write(question, 12, end - 12);
    for (Object value : code == 0 ? found : List.of()) {
      out.writeShort(0xC00C);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(60);
      byte[] data = data(type, value);
      out.writeShort(data.length);
      out.write(data);
    }
    return bytes.toByteArray();
  }

  private static byte[] data(int type, Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    switch (type) {
      case 1, 28 -> out.write(InetAddress.getByName((String) value).getAddress());
      case 15 -> {
        String[] mx = ((String) value).split(" ");
        out.writeShort(Integer.parseInt(mx[0]));
        name(out, mx.length > 1 ? mx[1] : "");
      }
      case 16 -> {
        for (Object part : value instanceof List<?> parts ? parts : List.of(value)) {
          byte[] text = ((String) part).getBytes(StandardCharsets.UTF_8);
          out.writeByte(text.length);
          out.write(text);
        }
      }
      default -> name(out, (String) value);
    }
    return bytes.toByteArray();
  }

  private static void name(DataOutputStream out, String name) throws IOException {
    for (String label : name.isEmpty() ? new String[0] : name.split("\\.")) {
      out.writeByte(label.length());
      out.write(label.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeByte(0);
  }

  @Override
  public void close() {
    socket.close();
  }
}
