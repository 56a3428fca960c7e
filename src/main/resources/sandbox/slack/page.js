// Fetches this page again and again and takes over what changed, so that the reader's place is kept.
let shown = "";

function toNewest() {
  const messages = document.querySelector(".messages");
  messages.scrollTop = messages.scrollHeight;
}

async function refresh() {
  try {
    const text = await (await fetch(location.href, { cache: "no-store" })).text();
    document.body.classList.remove("away");
    if (text !== shown) {
      const next = new DOMParser().parseFromString(text, "text/html");
      const old = document.querySelector(".messages");
      const place = old.scrollTop;
      const atNewest = old.scrollHeight - place - old.clientHeight < 40;
      document.querySelector("nav").replaceWith(next.querySelector("nav"));
      document.querySelector("main").replaceWith(next.querySelector("main"));
      document.querySelector(".messages").scrollTop = place;
      if (atNewest || shown === "") {
        toNewest();
      }
      shown = text;
    }
  } catch {
    document.body.classList.add("away");
  }
}

toNewest();
setInterval(refresh, 2000);
