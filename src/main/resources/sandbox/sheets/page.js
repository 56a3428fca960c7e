// Shows both sides, posts what a person edits, and asks every second what has changed.
const status = document.querySelector(".status");
const sides = {
  tables: document.querySelector(".airtable"),
  tabs: document.querySelector(".sheets"),
};
const away = "The stand-ins cannot be reached.";
let state = { tables: [], tabs: [] };
let shown = "";
let ascending = true;

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  return Object.assign(made, attributes);
}

function chosen(side) {
  return state[side][sides[side].querySelector("select").selectedIndex];
}

async function take(answer) {
  const text = await answer.text();
  if (!answer.ok) {
    status.textContent = text;
    return;
  }
  if (text !== shown && !document.querySelector("td input")) {
    shown = text;
    state = JSON.parse(text);
    draw("tables");
    draw("tabs");
  }
}

async function ask(request) {
  try {
    const answer = await request();
    if (status.textContent === away) status.textContent = "";
    await take(answer);
  } catch {
    status.textContent = away;
  }
}

function post(edit) {
  status.textContent = "";
  return ask(() =>
    fetch("/page/edit", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(edit),
    }),
  );
}

function typeInto(cell, value, save) {
  const input = element("input", "", { value, ariaLabel: "New value" });
  let done = false;
  const end = (saves) => {
    if (done) return;
    done = true;
    input.remove();
    shown = "";
    if (saves && input.value !== value) save(input.value);
    else refresh();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") end(true);
    if (event.key === "Escape") end(false);
  });
  input.addEventListener("blur", () => end(true));
  cell.replaceChildren(input);
  input.select();
}

function cell(text, readOnly, save) {
  const made = document.createElement("td");
  const button = element("button", text, { type: "button", disabled: readOnly, title: text });
  button.addEventListener("click", () => typeInto(made, text, save));
  made.append(button);
  return made;
}

function small(text, label, act) {
  const button = element("button", text, { type: "button", ariaLabel: label, title: label });
  button.addEventListener("click", act);
  return button;
}

function drawTable(table) {
  const where = { base: table.base, table: table.table };
  const head = element("tr", "");
  head.append(element("th", ""), ...table.fields.map((field) => element("th", field.name, { title: field.type })));
  const rows = table.rows.map((row) => {
    const line = element("tr", "");
    const first = element("th", "");
    first.append(small("×", "Delete record", () => post({ ...where, do: "delete", record: row.id })));
    line.append(first);
    table.fields.forEach((field, i) => {
      const save = (value) => post({ ...where, do: "edit", record: row.id, field: field.name, value });
      line.append(cell(row.cells[i], field.readOnly, save));
    });
    line.dataset.key = row.id;
    return line;
  });
  return [head, rows];
}

function drawTab(tab) {
  const where = { spreadsheet: tab.spreadsheet, tab: tab.tab };
  const head = element("tr", "");
  head.append(element("th", ""));
  for (const column of tab.columns) {
    const sort = small(column, `Sort by column ${column}`, () => {
      post({ ...where, do: "sort", column, ascending });
      ascending = !ascending;
    });
    const one = element("th", "");
    one.append(sort);
    head.append(one);
  }
  const rows = tab.rows.map((cells, i) => {
    const line = element("tr", "");
    const first = element("th", "");
    first.append(
      String(i + 1),
      small("+", `Insert a row above row ${i + 1}`, () => post({ ...where, do: "insert", row: i + 1 })),
      small("×", `Delete row ${i + 1}`, () => post({ ...where, do: "delete", row: i + 1 })),
    );
    line.append(first);
    cells.forEach((text, j) => {
      const save = (value) => post({ ...where, do: "type", row: i + 1, column: tab.columns[j], value });
      line.append(cell(text, false, save));
    });
    line.dataset.key = i;
    return line;
  });
  return [head, rows];
}

function texts(line) {
  return [...line.querySelectorAll("td")].map((one) => one.textContent);
}

// A row that only moved is not lit, nor is anything at the first look.
function light(rows, before) {
  const known = new Map(before.map((line) => [line.dataset.key, texts(line)]));
  const all = new Set([...known.values()].map((row) => row.join("\u0000")));
  for (const line of rows) {
    const now = texts(line);
    if (before.length === 0 || all.has(now.join("\u0000"))) continue;
    const old = known.get(line.dataset.key) ?? [];
    line.querySelectorAll("td").forEach((one, i) => one.classList.toggle("lit", (old[i] ?? "") !== now[i]));
  }
}

function draw(side) {
  const section = sides[side];
  const select = section.querySelector("select");
  const index = Math.max(0, select.selectedIndex);
  select.replaceChildren(...state[side].map((one) => element("option", one.title)));
  select.selectedIndex = Math.min(index, state[side].length - 1);
  const grid = section.querySelector(".grid");
  const one = chosen(side);
  if (!one) {
    grid.replaceChildren(element("p", "Nothing is here yet."));
    return;
  }
  const [head, rows] = side === "tables" ? drawTable(one) : drawTab(one);
  const old = grid.querySelector("table");
  const same = old && old.dataset.title === one.title;
  light(rows, same ? [...old.querySelectorAll("tbody tr")] : []);
  const table = element("table", "");
  table.dataset.title = one.title;
  table.append(element("thead", ""), element("tbody", ""));
  table.tHead.append(head);
  table.tBodies[0].append(...rows);
  grid.replaceChildren(table);
  const word = side === "tables" ? "record" : "row";
  section.querySelector(".count").textContent = `${one.count} ${word}${one.count === 1 ? "" : "s"}`;
}

function refresh() {
  return ask(() => fetch("/page/state", { cache: "no-store" }));
}

sides.tables.querySelector("select").addEventListener("change", () => draw("tables"));
sides.tabs.querySelector("select").addEventListener("change", () => draw("tabs"));
sides.tables.querySelector(".add").addEventListener("click", () => {
  const { base, table } = chosen("tables");
  post({ base, table, do: "add" });
});
refresh();
setInterval(refresh, 1000);
