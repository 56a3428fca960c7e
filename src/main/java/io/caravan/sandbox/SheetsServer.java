package io.caravan.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/**
 * Stands in for Google Sheets on this machine: values, structure and developer metadata of the
 * Sheets API, files of the Drive API, objects of the Cloud Storage API, and Google's token
 * endpoint, with Google's quotas, checks and ways to say no. Spreadsheets are edited through {@link
 * SheetsTab} as a person would. Thread-safe.
 */
public final class SheetsServer implements AutoCloseable {
  private final StandInHttp http;
  private final SheetsDrive drive;
  private final GoogleTokens tokens;
  private final SheetsQuota quota = new SheetsQuota();
  private final DriveApi files;
  private final StorageApi objects;

  private SheetsServer(int port, Clock clock) {
    http = new StandInHttp(port, "Google Sheets", SheetsErrors::ofStatus);
    drive = new SheetsDrive(clock);
    tokens = new GoogleTokens(clock);
    http.api("/v4/spreadsheets", new SheetsApi(drive, tokens, quota)::route);
    files = new DriveApi(clock, tokens);
    http.api("/drive/v3/files", files::route);
    objects = new StorageApi(clock, tokens);
    http.api("/storage/v1/b", objects::route);
    http.api("/download/storage/v1/b", objects::route);
    http.tokens("/token", call -> tokens.exchange(call, tokenUrl()));
  }

  /** A server on a free port of the loopback address, on the machine's time. */
  public static SheetsServer start() {
    return start(0, Clock.systemUTC());
  }

  /**
   * A server on the loopback address.
   *
   * @param port 0 for any that is free
   * @param clock of quotas and expiries
   * @throws io.caravan.failure.Failure kind CONFIGURATION when the port is taken
   */
  public static SheetsServer start(int port, Clock clock) {
    SheetsServer server = new SheetsServer(port, clock);
    server.http.start();
    return server;
  }

  /**
   * Serves a page with both sides, where a person can edit them and watches changes arrive.
   *
   * @return its address
   */
  public String showBeside(AirtableServer airtable) {
    http.page("/", new SheetsPage(airtable.workspace(), drive)::serve);
    return http.url() + "/";
  }

  /** What GOOGLE_SHEETS_API_URL has to be. */
  public String apiUrl() {
    return http.url();
  }

  /** What GOOGLE_TOKEN_URL has to be. */
  public String tokenUrl() {
    return http.url() + "/token";
  }

  /** Adds a spreadsheet without any sheet, which everybody reaches until it is shared. */
  public SheetsSpreadsheet addSpreadsheet(String id, String title) {
    synchronized (drive) {
      return drive.add(id, title);
    }
  }

  /**
   * A spreadsheet.
   *
   * @throws IllegalArgumentException when there is none with that id
   */
  public SheetsSpreadsheet spreadsheet(String id) {
    synchronized (drive) {
      return drive
          .find(id)
          .orElseThrow(() -> new IllegalArgumentException("There is no spreadsheet " + id + "."));
    }
  }

  /**
   * Adds a file to a folder of Drive.
   *
   * @param owner whom it is shared with
   * @param text of a Google Doc; null for a PDF
   * @return its id
   */
  public String addFile(String folder, String name, String owner, String text) {
    return files.put(folder, name, owner, text);
  }

  /** Gives a Google Doc another text. */
  public void editFile(String id, String text) {
    files.edit(id, text);
  }

  /** Keeps readers from downloading a file. */
  public void withholdFile(String id) {
    files.withhold(id);
  }

  /** Deletes a file. */
  public void removeFile(String id) {
    files.remove(id);
  }

  /**
   * Adds a bucket of Cloud Storage.
   *
   * @param reader who may list it and read its objects
   */
  public void addBucket(String bucket, String reader) {
    objects.add(bucket, reader);
  }

  /** Writes an object into a bucket, over the one that may be there. */
  public void putObject(String bucket, String name, String content) {
    objects.put(bucket, name, content);
  }

  /** Deletes an object. */
  public void removeObject(String bucket, String name) {
    objects.remove(bucket, name);
  }

  /** Makes an access token valid for good, as that of a user. */
  public SheetsServer token(String token, String email) {
    tokens.token(token, email, Set.of(GoogleTokens.SPREADSHEETS));
    return this;
  }

  /** Makes an access token valid for good that reads only. */
  public SheetsServer readOnlyToken(String token, String email) {
    tokens.token(token, email, Set.of(GoogleTokens.READ_ONLY));
    return this;
  }

  /** Registers an OAuth client. */
  public SheetsServer oauthClient(String clientId, String secret) {
    tokens.client(clientId, secret);
    return this;
  }

  /** Makes a refresh token valid, which then gives access tokens as often as asked. */
  public SheetsServer refreshToken(String token, String email) {
    tokens.refreshToken(token, email);
    return this;
  }

  /**
   * Makes a service account.
   *
   * @return its key file as JSON, whose token address is this server's
   */
  public String serviceAccount(String email) {
    return tokens.serviceAccount(email, tokenUrl()).toString();
  }

  /** How long access tokens live that are given from now on; 3599 seconds at first. */
  public void accessTokenLifetime(Duration lifetime) {
    tokens.lifetime(lifetime);
  }

  /**
   * A token stops working; with a refresh token or the address of a service account, all access
   * tokens stop that it was given.
   */
  public void revoke(String tokenOrEmail) {
    tokens.revoke(tokenOrEmail);
  }

  /** How often a refresh token was exchanged. */
  public int refreshes() {
    return tokens.refreshes();
  }

  /**
   * Other quotas than sixty a minute of a user and three hundred of all; of reads and of writes.
   */
  public void quota(int ofUser, int ofProject, Duration window) {
    synchronized (drive) {
      quota.set(ofUser, ofProject, window);
    }
  }

  /** Lets the fault happen to the next requests of its kind. */
  public void fail(int times, Fault fault) {
    http.fail(times, fault);
  }

  /** Lets somebody act before each request to a spreadsheet. */
  public void intercept(String spreadsheetId, Interceptor interceptor) {
    http.intercept(spreadsheetId, interceptor);
  }

  /** Every request from now on takes at least so long. */
  public void latency(Duration atLeast) {
    http.latency(atLeast);
  }

  /** What was received so far. */
  public Requests requests() {
    return http.requests();
  }

  @Override
  public void close() {
    http.close();
  }
}
