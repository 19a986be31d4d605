package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Merge.Chunk;
import email.daimon.functions.store.Merge.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class MergeTest {
  private static final Comparator<Long> NEWEST_FIRST = Comparator.reverseOrder();

  @Test
  void allFiftyNewestInOneShardComeFirst() {
    List<NavigableSet<Long>> shards = shards(16);
    for (long place = 0; place < 50; place++) {
      shards.get(7).add(1_000 + place);
      shards.get((int) place % 7).add(place);
    }

    assertThat(take(merge(shards, Long.MAX_VALUE, 8), 50))
        .containsExactlyElementsOf(sorted(shards).subList(0, 50));
  }

  @Test
  void aRowThatTwoSourcesHaveIsOneRow() {
    List<NavigableSet<Long>> shards = shards(2);
    shards.get(0).addAll(List.of(5L, 3L));
    shards.get(1).addAll(List.of(5L, 4L));

    assertThat(take(merge(shards, Long.MAX_VALUE, 1), 9)).containsExactly(5L, 4L, 3L);
  }

  @Test
  void whereNoMoreMayBeReadOrderStillHoldsAndWhatIsLeftIsSaid() {
    AtomicInteger rounds = new AtomicInteger();
    List<NavigableSet<Long>> shards = shards(2);
    shards.get(0).addAll(List.of(9L, 8L, 1L));
    shards.get(1).addAll(List.of(7L, 2L));
    List<Source<Long>> sources =
        shards.stream().map(shard -> source(shard, Long.MAX_VALUE)).toList();
    Merge<Long> merge = new Merge<>(NEWEST_FIRST, 2, () -> rounds.incrementAndGet() <= 1, sources);

    assertThat(take(merge, 9)).containsExactly(9L, 8L);
    assertThat(merge.unread()).isTrue();
  }

  @Property(tries = 300)
  void pagesOfAnyShardingEqualTheSortedList(
      @ForAll @IntRange(max = 200) int rows,
      @ForAll @IntRange(min = 1, max = 16) int shardCount,
      @ForAll @IntRange(min = 1, max = 9) int chunk,
      @ForAll @IntRange(min = 1, max = 30) int page,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<NavigableSet<Long>> shards = shards(shardCount);
    for (long place = 0; place < rows; place++) {
      shards.get(skewed(random, shardCount)).add(place);
    }
    List<Long> read = new ArrayList<>();
    long before = Long.MAX_VALUE;
    while (true) {
      List<Long> next = take(merge(shards, before, chunk), page);
      if (next.isEmpty()) {
        break;
      }
      read.addAll(next);
      before = next.getLast();
    }

    assertThat(read).containsExactlyElementsOf(sorted(shards));
  }

  @Property(tries = 200)
  void insertsAndAChangedShardCountBetweenPagesNeitherRepeatNorSkip(
      @ForAll @IntRange(min = 1, max = 120) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(8);
    List<NavigableSet<Long>> older = shards(count);
    List<NavigableSet<Long>> newer = shards(0);
    for (long place = 0; place < rows; place++) {
      older.get(skewed(random, count)).add(place);
    }
    List<Long> expected = sorted(older);
    List<Long> read = new ArrayList<>();
    long before = Long.MAX_VALUE;
    long top = rows;
    while (true) {
      List<NavigableSet<Long>> both = new ArrayList<>(older);
      both.addAll(newer);
      List<Long> next = take(merge(both, before, 1 + random.nextInt(8)), 1 + random.nextInt(20));
      if (next.isEmpty()) {
        break;
      }
      read.addAll(next);
      before = next.getLast();
      if (newer.isEmpty() && random.nextBoolean()) {
        newer = shards(2 * count);
      }
      for (int i = 0; i < random.nextInt(10); i++) {
        List<NavigableSet<Long>> written = newer.isEmpty() ? older : newer;
        written.get(skewed(random, written.size())).add(top++);
      }
      rekeyOne(older, newer, random);
    }

    assertThat(read).containsExactlyElementsOf(expected);
  }

  /** Moves a row of the older generation to the newer, as a background job does. */
  private static void rekeyOne(
      List<NavigableSet<Long>> older, List<NavigableSet<Long>> newer, Random random) {
    NavigableSet<Long> shard = older.get(random.nextInt(older.size()));
    if (!newer.isEmpty() && !shard.isEmpty()) {
      Long row = shard.first();
      newer.get(random.nextInt(newer.size())).add(row);
      // Both generations show it for a moment: an index entry is put before the old one is gone.
      if (random.nextBoolean()) {
        shard.remove(row);
      }
    }
  }

  private static int skewed(Random random, int count) {
    return random.nextInt(3) > 0 ? 0 : random.nextInt(count);
  }

  private static List<NavigableSet<Long>> shards(int count) {
    List<NavigableSet<Long>> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shards.add(new TreeSet<>());
    }
    return shards;
  }

  private static List<Long> sorted(List<NavigableSet<Long>> shards) {
    NavigableSet<Long> all = new TreeSet<>();
    shards.forEach(all::addAll);
    return List.copyOf(all.descendingSet());
  }

  private static Merge<Long> merge(List<NavigableSet<Long>> shards, long before, int chunk) {
    return new Merge<>(
        NEWEST_FIRST, chunk, () -> true, shards.stream().map(s -> source(s, before)).toList());
  }

  private static Source<Long> source(NavigableSet<Long> shard, long before) {
    return new Source<>() {
      private long last = before;

      @Override
      public Chunk<Long> next(int count) {
        List<Long> rows = shard.headSet(last, false).descendingSet().stream().limit(count).toList();
        last = rows.isEmpty() ? last : rows.getLast();
        return new Chunk<>(rows, rows.size() == count);
      }
    };
  }

  private static List<Long> take(Merge<Long> merge, int count) {
    List<Long> taken = new ArrayList<>();
    Optional<Long> next = merge.next();
    while (next.isPresent() && taken.size() < count) {
      taken.add(next.get());
      next = taken.size() < count ? merge.next() : Optional.empty();
    }
    return taken;
  }
}
