package email.daimon.understand.words;

import java.util.Arrays;

/**
 * Terms by their characters. A look-up takes as many steps as the longest term has characters. What
 * a term means is kept by whoever added it, by the node where it ends.
 */
public final class Trie {
  /** No node; also the root, which is behind no character. */
  public static final int NONE = 0;

  /** The node behind each first character; most places of a text end here. */
  private final int[] first = new int[Character.MAX_VALUE + 1];

  /** The character that leads from a node to the one numbered next; most nodes have no other. */
  private char[] onward = new char[1 << 12];

  private boolean[] branches = new boolean[1 << 12];
  private long[] edges = new long[1 << 12];
  private int[] targets = new int[1 << 12];
  private int used;
  private int size = 1;

  /** The node where a term ends, made where there is none. */
  public int add(CharSequence term) {
    int node = first[term.charAt(0)];
    if (node == NONE) {
      node = newNode();
      first[term.charAt(0)] = node;
    }
    boolean fresh = node == size - 1;
    for (int i = 1; i < term.length(); i++) {
      char c = term.charAt(i);
      int next = fresh ? NONE : next(node, c);
      if (next == NONE) {
        next = newNode();
        if (next == node + 1) {
          onward[node] = c;
        } else {
          put(edge(node, c), next);
          branches[node] = true;
        }
        fresh = true;
      }
      node = next;
    }
    return node;
  }

  /** How many numbers of nodes there are. */
  public int size() {
    return size;
  }

  /** The node behind a first character. */
  public int first(char c) {
    return first[c];
  }

  /** The node that a character leads to. */
  public int next(int node, char c) {
    if (onward[node] == c && c != 0) {
      return node + 1;
    }
    return branches[node] ? targets[slot(edge(node, c))] : NONE;
  }

  private int newNode() {
    if (size == onward.length) {
      onward = Arrays.copyOf(onward, 2 * size);
      branches = Arrays.copyOf(branches, 2 * size);
    }
    return size++;
  }

  private void put(long edge, int node) {
    if (++used * 2 > edges.length) {
      long[] oldEdges = edges;
      int[] oldTargets = targets;
      edges = new long[2 * oldEdges.length];
      targets = new int[2 * oldEdges.length];
      for (int i = 0; i < oldEdges.length; i++) {
        if (oldTargets[i] != NONE) {
          set(oldEdges[i], oldTargets[i]);
        }
      }
    }
    set(edge, node);
  }

  private void set(long edge, int node) {
    int slot = slot(edge);
    edges[slot] = edge;
    targets[slot] = node;
  }

  private int slot(long edge) {
    int slot = (int) ((edge * 0x9E3779B97F4A7C15L) >>> 40) & (edges.length - 1);
    while (targets[slot] != NONE && edges[slot] != edge) {
      slot = (slot + 1) & (edges.length - 1);
    }
    return slot;
  }

  private static long edge(int node, char c) {
    return ((long) node << 16) | c;
  }
}
