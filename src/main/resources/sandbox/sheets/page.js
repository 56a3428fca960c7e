// Shows both sides, posts what a person edits, and asks every second what has changed.
const status = document.querySelector(".status");
const sides = {
  tables: document.querySelector(".airtable"),
  tabs: document.querySelector(".sheets"),
};
const away = "The stand-ins cannot be reached.";
let state = { tables: [], tabs: [] };
let opened = false;
const drawn = { tables: "", tabs: "" };
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
  state = JSON.parse(text);
  if (!opened) begin();
  for (const side of Object.keys(sides)) {
    const now = JSON.stringify(state[side]);
    if (now === drawn[side] || sides[side].querySelector("td input")) continue;
    drawn[side] = now;
    draw(side);
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

function typeInto(cell, button, save) {
  const value = button.textContent;
  const input = element("input", "", { value, ariaLabel: "New value" });
  const side = sides.tables.contains(cell) ? "tables" : "tabs";
  let done = false;
  const end = (saves, keepsFocus) => {
    if (done) return;
    done = true;
    button.textContent = saves ? input.value : value;
    cell.replaceChildren(button);
    if (keepsFocus) button.focus({ preventScroll: true });
    drawn[side] = "";
    if (saves && input.value !== value) save(input.value);
    else refresh();
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // Else the same key would press the button that gets the focus.
    event.preventDefault();
    end(event.key === "Enter", true);
  });
  input.addEventListener("blur", () => end(true, false));
  cell.replaceChildren(input);
  input.select();
}

function cell(text, readOnly, save) {
  const made = document.createElement("td");
  const button = element("button", text, { type: "button", disabled: readOnly, title: text });
  button.addEventListener("click", () => typeInto(made, button, save));
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
      element("span", String(i + 1)),
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

// What has the focus in a grid, so that its successor gets it: a person may be on the way with the keyboard.
function focusedIn(grid) {
  const line = grid.contains(document.activeElement) && document.activeElement.closest("tr");
  if (!line) return () => {};
  const buttons = (one) => [...one.querySelectorAll("button")];
  const index = buttons(line).indexOf(document.activeElement);
  const inHead = line.parentNode.tagName === "THEAD";
  return () => {
    const lines = [...grid.querySelectorAll(inHead ? "thead tr" : "tbody tr")];
    const same = lines.find((one) => one.dataset.key === line.dataset.key);
    if (same) buttons(same)[index]?.focus({ preventScroll: true });
  };
}

function fill(side) {
  const select = sides[side].querySelector("select");
  const titles = state[side].map((one) => one.title);
  if (titles.join("\n") === [...select.options].map((one) => one.text).join("\n")) return;
  const index = Math.max(0, select.selectedIndex);
  select.replaceChildren(...titles.map((title) => element("option", title)));
  select.selectedIndex = Math.min(index, titles.length - 1);
}

// A table and a sheet of one name belong together.
function twin(one, otherSide) {
  const name = ({ title }) => title.split(" / ").pop();
  return state[otherSide].findIndex((other) => name(other) === name(one));
}

function choose(side, index) {
  if (index >= 0) sides[side].querySelector("select").selectedIndex = index;
}

function begin() {
  opened = true;
  Object.keys(sides).forEach(fill);
  choose("tables", state.tables.findIndex((table) => twin(table, "tabs") >= 0));
  if (chosen("tables")) choose("tabs", twin(chosen("tables"), "tabs"));
}

function draw(side) {
  const section = sides[side];
  fill(side);
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
  const focusAgain = focusedIn(grid);
  grid.replaceChildren(table);
  focusAgain();
  const word = side === "tables" ? "record" : "row";
  section.querySelector(".count").textContent = `${one.count} ${word}${one.count === 1 ? "" : "s"}`;
}

function refresh() {
  return ask(() => fetch("/page/state", { cache: "no-store" }));
}

for (const [side, otherSide] of [["tables", "tabs"], ["tabs", "tables"]]) {
  sides[side].querySelector("select").addEventListener("change", () => {
    choose(otherSide, twin(chosen(side), otherSide));
    draw(side);
    draw(otherSide);
  });
}
sides.tables.querySelector(".add").addEventListener("click", () => {
  const { base, table } = chosen("tables");
  post({ base, table, do: "add" });
});
refresh();
setInterval(refresh, 1000);
