package io.caravan.sandbox;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Who and what is there in one edition of the Blue data, by number; {@link BlueRecords} says what
 * it looks like. From one edition to the next
 *
 * <ul>
 *   <li>a few talents join and a few leave with all that is theirs (some ten and five of 5 000);
 *   <li>a few others are revised (25 of 5 000): another bio, measurements, accounts and boards, and
 *       in each of their portfolios the oldest medium makes room for a new one;
 *   <li>one board gets another description and cover.
 * </ul>
 *
 * <p>The number of talents stays about what it was at first, however many editions there are.
 *
 * @param number 0 for the first
 */
record BlueEdition(int number, BlueSize size) {
  /** Editions a talent stays at most, and editions from one revision to the next. */
  private static final int LONGEST_STAY = 1_000;

  private static final int LONGEST_UNREVISED = 200;

  /** Primes, so that neighbours leave and are revised in editions far apart. */
  private static final long LEAVING_STEP = 7_919;

  private static final long REVISION_STEP = 104_729;

  IntStream boards() {
    return IntStream.range(0, size.boards());
  }

  IntStream talents() {
    return IntStream.range(0, size.talents() + joining() * number).filter(this::isThere);
  }

  IntStream talentsOn(int board) {
    return talents().filter(talent -> isOn(talent, board));
  }

  LongStream portfolios(int talent) {
    BlueShare share = new BlueShare(BlueTrait.PORTFOLIO_SHARE, size.portfolios(), size.talents());
    return LongStream.range(share.first(talent), share.first(talent + 1L));
  }

  /** Which of a talent's portfolios a board shows. */
  LongStream portfoliosOn(int board, int talent) {
    return portfolios(talent)
        .filter(
            portfolio -> BlueTrait.SHOWN_ON_BOARD.happens(70, portfolio * size.boards() + board));
  }

  /** A number for each medium, in the order of showing, oldest first. */
  LongStream media(int talent, long portfolio) {
    int count =
        new BlueShare(BlueTrait.MEDIA_SHARE, size.media(), size.portfolios()).count(portfolio);
    int oldest = revision(talent);
    return LongStream.range(oldest, oldest + count).map(medium -> portfolio << 32 | medium);
  }

  /** A medium's tags, none twice, popular ones more often. */
  IntStream tags(long medium) {
    if (size.tags() == 0) {
      return IntStream.empty();
    }
    int count = BlueTrait.TAG.below(7, medium);
    return IntStream.range(0, count)
        .map(place -> BlueTrait.TAG.lowBelow(size.tags(), medium * 7 + place))
        .distinct();
  }

  /** How often the talent was revised since it joined. */
  int revision(int talent) {
    return (number - joinedIn(talent) + headStart(talent)) / unrevised();
  }

  /** The edition of the talent's last revision, or the one it joined in. */
  int lastChanged(int talent) {
    int revision = revision(talent);
    return revision == 0
        ? joinedIn(talent)
        : joinedIn(talent) + revision * unrevised() - headStart(talent);
  }

  /** How often the board was revised. */
  int boardRevision(int board) {
    return (number + board) / size.boards();
  }

  /** The gender, as an index into {@link BlueWords#GENDERS}; null where it is not told. */
  static Integer gender(int talent) {
    int share = BlueTrait.GENDER.below(100, talent);
    if (share < 52) {
      return 0;
    }
    if (share < 94) {
      return 1;
    }
    return share < 97 ? 2 : null;
  }

  /** The kind of work, as an index into {@link BlueWords#TALENT_TYPES}. */
  static int talentType(int talent) {
    return BlueTrait.TALENT_TYPE.lowBelow(BlueWords.TALENT_TYPES.size(), talent);
  }

  /** The talent's number in its present state: another one after each revision. */
  long state(int talent) {
    return (long) revision(talent) << 32 | talent;
  }

  private boolean isThere(int talent) {
    return number < joinedIn(talent) + 1 + talent * LEAVING_STEP % stay();
  }

  private int joinedIn(int talent) {
    return talent < size.talents() ? 0 : 1 + (talent - size.talents()) / joining();
  }

  private int stay() {
    return Math.clamp(size.talents(), 1, LONGEST_STAY);
  }

  /** Twice as many as leave at first: a newcomer stays half the longest stay on average. */
  private int joining() {
    return 2 * size.talents() / stay();
  }

  private int unrevised() {
    return Math.clamp(size.talents(), 1, LONGEST_UNREVISED);
  }

  private int headStart(int talent) {
    return (int) (talent * REVISION_STEP % unrevised());
  }

  private boolean isOn(int talent, int board) {
    int cities = Math.ceilDiv(size.boards(), BlueWords.DIVISIONS.size());
    return BlueTrait.HOME.lowBelow(cities, talent) == board / BlueWords.DIVISIONS.size()
        && isIn(talent, board % BlueWords.DIVISIONS.size());
  }

  private boolean isIn(int talent, int division) {
    Integer gender = gender(talent);
    boolean chosen =
        BlueTrait.DIVISION.happens(15, state(talent) * BlueWords.DIVISIONS.size() + division);
    return switch (BlueWords.DIVISIONS.get(division)) {
      case "Women" -> gender != null && gender == 0;
      case "Men" -> gender != null && gender == 1;
      case "Actors" -> talentType(talent) == BlueWords.TALENT_TYPES.indexOf("Actor");
      case "New Faces" -> gender == null || gender == 2 || chosen;
      default -> chosen;
    };
  }
}
