package io.caravan.bluegreen;

import static io.caravan.bluegreen.BlueTrouble.json;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Blue API of the shared context: a small agency, which tests change or break path by path. */
public final class TestBlue {
  public static final BlueTrouble SERVER = new BlueTrouble();
  static final String PREFIX = "/api/v1/public/";

  private TestBlue() {}

  /** No release was ever made: what the tests of the shared context begin with and leave behind. */
  static void forgetReleases(JdbcClient jdbc) {
    jdbc.sql("drop schema green cascade").update();
    jdbc.sql("create schema green").update();
    jdbc.sql(
            """
            create table green.sync_metadata (
              entity_name text primary key, active_version integer not null, backup_version integer,
              release integer not null, updated_at timestamptz not null default now())
            """)
        .update();
    jdbc.sql("truncate bluegreen.release, bluegreen.batch restart identity cascade").update();
  }

  /** Everything is in order: so many talents, on one board, with a portfolio and a medium each. */
  public static void agency(int talents, String bio) {
    agency(SERVER, talents, bio, "");
  }

  /** The same with ids that end in the edition's name, so that a row of any view tells its own. */
  public static void edition(BlueTrouble server, int talents, String edition) {
    agency(server, talents, edition, "-" + edition);
  }

  /** SQL that gives the editions of the rows of all ten views. */
  static String editions() {
    return EntityFileTest.shipped().entities().stream()
        .map(
            entity ->
                "select '%1$s' as entity, split_part(%2$s, '-', 2) as edition, count(*) as rows from %3$s group by 2"
                    .formatted(
                        entity.name(), entity.key().getFirst(), GreenTables.view(entity.name())))
        .collect(Collectors.joining(" union all "));
  }

  private static void agency(BlueTrouble server, int talents, String bio, String edition) {
    List<String> numbers =
        IntStream.rangeClosed(1, talents).mapToObj(number -> number + edition).toList();
    give(
        server,
        "talents",
        numbers,
        "{'id':'t%1$s','firstName':'Åsa','lastName':'Nr %1$s','talentUserNumber':'%1$s','bio':'"
            + bio
            + "','talentType':{'id':'1','name':'Model'}}");
    String board = "b1" + edition;
    server.answer(
        PREFIX + "boards", json(quoted("{'data':[{'id':'%s','title':'Main'}]}".formatted(board))));
    server.answer(
        PREFIX + "boards/talents",
        json(
            quoted(
                "{'boardsTalents':[{'boardId':'%s','talents':[%s]}]}"
                    .formatted(board, each(numbers, "{'id':'t%1$s'}")))));
    server.answer(
        PREFIX + "boards/portfolios",
        json(
            quoted(
                "[{'boardId':'%s','portfolios':[%s]}]"
                    .formatted(board, each(numbers, "{'id':'p%1$s','talentId':'t%1$s'}")))));
    give(
        server,
        "talents/portfolios",
        numbers,
        "{'talentId':'t%1$s','portfolios':[{'id':'p%1$s','title':'Book','isDefault':true}]}");
    give(
        server,
        "portfolios/media",
        numbers,
        "{'portfolioId':'p%1$s','media':[{'id':'m%1$s','type':'image','url':'https://cdn.example/%1$s.jpg','filename':'%1$s.jpg','order':1,'width':1,'height':1,'size':1}]}");
    give(
        server,
        "portfolios/media/tags",
        numbers,
        "{'id':'m%1$s','tags':[{'id':'g1" + edition + "','name':'Beach','slug':'beach'}]}");
    give(
        server,
        "talents/measurements",
        numbers,
        "{'id':'t%1$s','measurements':{'id':'x%1$s','heightCm':180}}");
    give(
        server,
        "talents/socials",
        numbers,
        "{'id':'t%1$s','socials':[{'platform':'instagram','username':'a','url':'https://x.example'}]}");
  }

  private static void give(BlueTrouble server, String path, List<String> numbers, String element) {
    server.answer(PREFIX + path, json(quoted("[" + each(numbers, element) + "]")));
  }

  private static String each(List<String> numbers, String element) {
    return numbers.stream().map(element::formatted).collect(Collectors.joining(","));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
