package io.caravan.bluegreen;

import static io.caravan.bluegreen.BlueTrouble.json;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The Blue API of the shared context: a small agency, which tests change or break path by path. */
public final class TestBlue {
  public static final BlueTrouble SERVER = new BlueTrouble();
  static final String PREFIX = "/api/v1/public/";

  private TestBlue() {}

  /** Everything is in order: so many talents, on one board, with a portfolio and a medium each. */
  public static void agency(int talents, String bio) {
    give(
        "talents",
        talents,
        "{'id':'t%1$d','firstName':'Åsa','lastName':'Nr %1$d','talentUserNumber':'%1$d','bio':'"
            + bio
            + "','talentType':{'id':'1','name':'Model'}}");
    SERVER.answer(PREFIX + "boards", json(quoted("{'data':[{'id':'b1','title':'Main'}]}")));
    SERVER.answer(
        PREFIX + "boards/talents",
        json(quoted("{'boardsTalents':[{'boardId':'b1','talents':[" + ids("t", talents) + "]}]}")));
    SERVER.answer(PREFIX + "boards/portfolios", json("[]"));
    give(
        "talents/portfolios",
        talents,
        "{'talentId':'t%1$d','portfolios':[{'id':'p%1$d','title':'Book','isDefault':true}]}");
    give(
        "portfolios/media",
        talents,
        "{'portfolioId':'p%1$d','media':[{'id':'m%1$d','type':'image','url':'https://cdn.example/%1$d.jpg','filename':'%1$d.jpg','order':1,'width':1,'height':1,'size':1}]}");
    give(
        "portfolios/media/tags",
        talents,
        "{'id':'m%1$d','tags':[{'id':'g1','name':'Beach','slug':'beach'}]}");
    give(
        "talents/measurements",
        talents,
        "{'id':'t%1$d','measurements':{'id':'x%1$d','heightCm':180}}");
    give(
        "talents/socials",
        talents,
        "{'id':'t%1$d','socials':[{'platform':'instagram','username':'a','url':'https://x.example'}]}");
  }

  private static void give(String path, int times, String element) {
    String elements =
        IntStream.rangeClosed(1, times)
            .mapToObj(element::formatted)
            .collect(Collectors.joining(",", "[", "]"));
    SERVER.answer(PREFIX + path, json(quoted(elements)));
  }

  private static String ids(String prefix, int times) {
    return IntStream.rangeClosed(1, times)
        .mapToObj(n -> "{'id':'" + prefix + n + "'}")
        .collect(Collectors.joining(","));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }
}
