package io.caravan.sandbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A spreadsheet, as its owner sees it. Thread-safe. */
public final class SheetsSpreadsheet {
  private static final int MOST_CELLS = 10_000_000;

  private final SheetsDrive drive;
  private final String id;
  private final Set<String> sharedWith = new HashSet<>();
  private final SheetsMetadataStore metadata = new SheetsMetadataStore();
  private List<SheetsTab> tabs = new ArrayList<>();
  private Map<String, NamedRange> namedRanges = new LinkedHashMap<>();
  private String title;
  private int lastSheetId;

  /** A range that has a name, by the id the API gives it. */
  record NamedRange(String name, SheetsTab tab, SheetsArea area) {}

  SheetsSpreadsheet(SheetsDrive drive, String id, String title) {
    this.drive = drive;
    this.id = id;
    this.title = title;
  }

  /** What its URL names it by. */
  public String id() {
    return id;
  }

  /** As people see it. */
  public String title() {
    synchronized (drive) {
      return title;
    }
  }

  /** Adds a sheet of 1000 rows and 26 columns behind the others. */
  public SheetsTab addSheet(String sheetTitle) {
    return addSheet(sheetTitle, SheetsGrid.ROWS, SheetsGrid.COLUMNS);
  }

  /** Adds a sheet behind the others; the first one's id is 0. */
  public SheetsTab addSheet(String sheetTitle, int rows, int columns) {
    synchronized (drive) {
      SheetsTab tab = new SheetsTab(this, nextSheetId(), sheetTitle, new SheetsGrid(rows, columns));
      tabs.add(tab);
      return tab;
    }
  }

  /**
   * A sheet.
   *
   * @throws IllegalArgumentException when there is none with that title
   */
  public SheetsTab sheet(String sheetTitle) {
    synchronized (drive) {
      return find(sheetTitle)
          .orElseThrow(
              () -> new IllegalArgumentException("The spreadsheet has no " + sheetTitle + "."));
    }
  }

  /** Deletes a sheet. */
  public void deleteSheet(String sheetTitle) {
    synchronized (drive) {
      remove(sheet(sheetTitle));
    }
  }

  /** Shares it; from then on only those it is shared with reach it, before that everybody. */
  public SheetsSpreadsheet shareWith(String email) {
    synchronized (drive) {
      sharedWith.add(email);
      return this;
    }
  }

  /** Takes it away from somebody; when it was never shared, nobody reaches it any more. */
  public void unshare(String email) {
    synchronized (drive) {
      sharedWith.add("");
      sharedWith.remove(email);
    }
  }

  boolean isOpenTo(String email) {
    return sharedWith.isEmpty() || sharedWith.contains(email);
  }

  SheetsDrive drive() {
    return drive;
  }

  void rename(String another) {
    title = another;
  }

  SheetsMetadataStore metadata() {
    return metadata;
  }

  Map<String, NamedRange> namedRanges() {
    return namedRanges;
  }

  List<SheetsTab> tabs() {
    return List.copyOf(tabs);
  }

  SheetsTab firstVisible() {
    return tabs.stream().filter(tab -> !tab.isHidden()).findFirst().orElseGet(tabs::getFirst);
  }

  Optional<SheetsTab> find(String sheetTitle) {
    return tabs.stream()
        .filter(tab -> tab.title().equals(sheetTitle))
        .findFirst()
        .or(
            () ->
                tabs.stream().filter(tab -> tab.title().equalsIgnoreCase(sheetTitle)).findFirst());
  }

  Optional<SheetsTab> find(int sheetId) {
    return tabs.stream().filter(tab -> tab.sheetId() == sheetId).findFirst();
  }

  Optional<SheetsRange> named(String name) {
    return namedRanges.values().stream()
        .filter(range -> range.name().equalsIgnoreCase(name))
        .findFirst()
        .map(range -> new SheetsRange(range.tab(), range.area(), name));
  }

  /** An id that no sheet has. */
  int nextSheetId() {
    return tabs.isEmpty() && lastSheetId == 0 ? 0 : ++lastSheetId * 1_000 + 7;
  }

  void insert(SheetsTab tab, int index) {
    tabs.add(Math.min(index, tabs.size()), tab);
  }

  /** To an index that is meant with the sheet still where it is. */
  void move(SheetsTab tab, int index) {
    int from = tabs.indexOf(tab);
    tabs.remove(tab);
    insert(tab, index > from ? index - 1 : index);
  }

  void remove(SheetsTab tab) {
    tabs.remove(tab);
    metadata.forget(tab);
    namedRanges.values().removeIf(range -> range.tab() == tab);
  }

  /** Does something wholly, or leaves everything as it was when it is refused. */
  <T> T atomically(Supplier<T> work) {
    Runnable restore = snapshot();
    try {
      T done = work.get();
      checkSize();
      return done;
    } catch (Refusal e) {
      restore.run();
      throw e;
    }
  }

  private void checkSize() {
    long cells =
        tabs.stream()
            .mapToLong(tab -> (long) tab.grid().rowCount() * tab.grid().columnCount())
            .sum();
    if (cells > MOST_CELLS) {
      throw SheetsErrors.invalid(
          "This action would increase the number of cells in the workbook above the limit of %d cells."
              .formatted(MOST_CELLS));
    }
  }

  private Runnable snapshot() {
    String titleNow = title;
    List<SheetsTab> tabsNow = new ArrayList<>(tabs);
    Map<String, NamedRange> namesNow = new LinkedHashMap<>(namedRanges);
    Runnable metadataNow = metadata.snapshot();
    List<Runnable> sheetsNow = new ArrayList<>();
    for (SheetsTab tab : tabs) {
      String sheetTitle = tab.title();
      boolean hidden = tab.isHidden();
      int frozen = tab.frozenRows();
      SheetsGrid grid = tab.grid().snapshot();
      sheetsNow.add(
          () -> {
            tab.rename(sheetTitle);
            tab.hide(hidden);
            tab.freeze(frozen);
            tab.grid(grid);
          });
    }
    return () -> {
      title = titleNow;
      tabs = tabsNow;
      namedRanges = namesNow;
      metadataNow.run();
      sheetsNow.forEach(Runnable::run);
    };
  }
}
