// Search and sorting for the table of countries. The page is complete without it: this only hides, shows and reorders.
"use strict";
document.querySelectorAll(".directory").forEach(directory => {
  const finder = directory.querySelector(".finder"), input = finder.querySelector("input");
  const said = finder.querySelector(".said"), tags = [...finder.querySelectorAll("[data-tag]")];
  const body = directory.querySelector("tbody"), rows = [...body.rows];
  const others = directory.querySelector(".others"), listed = others ? [...others.querySelectorAll("li")] : [];

  // The same folding as `folded` in narrate/landing: no accents, no case, only letters and digits.
  const fold = text => text.toLowerCase().replace(/ß/g, "ss").replace(/ø/g, "o").replace(/ł/g, "l").replace(/ı/g, "i")
    .normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  const meets = (element, words) => words.every(word => ` ${element.dataset.find}`.includes(` ${word}`));

  function search() {
    const words = fold(input.value).split(" ").filter(Boolean);
    const chosen = tags.filter(tag => tag.getAttribute("aria-pressed") === "true").map(tag => tag.dataset.tag);
    let shown = 0;
    rows.forEach(row => {
      const tagged = !chosen.length || row.dataset.tags.split(" ").some(tag => chosen.includes(tag));
      row.hidden = !(tagged && meets(row, words));
      shown += !row.hidden;
    });
    const found = listed.filter(one => {
      one.hidden = words.length > 0 && !meets(one, words);
      return !one.hidden && words.length > 0 && !chosen.length;
    });
    if (others) others.open = found.length > 0 && found.length < listed.length;
    said.textContent = words.length || chosen.length ? told(shown, found) : "";
  }

  function told(shown, found) {
    const count = shown ? `${shown} of ${rows.length} in the table.` : "No row of the table fits.";
    if (found.length === 1) return `${count} ${found[0].dataset.hint}`;
    if (found.length) return `${count} ${found.length} other states fit; they stand below the table.`;
    return shown ? count : `${count} Try the English or German name, a code of three letters, or an interest.`;
  }

  function sort(header) {
    const down = header.getAttribute("aria-sort") === "ascending", place = header.cellIndex;
    directory.querySelectorAll("th[aria-sort]").forEach(one => one.setAttribute("aria-sort", "none"));
    header.setAttribute("aria-sort", down ? "descending" : "ascending");
    const value = row => row.cells[place].dataset.value;
    const order = header.dataset.sort === "number" ? (a, b) => Number(value(a)) - Number(value(b))
      : (a, b) => value(a).localeCompare(value(b), "en");
    rows.sort((a, b) => (down ? -1 : 1) * order(a, b));
    body.append(...rows);
  }

  directory.querySelectorAll("th[data-sort]").forEach(header => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    header.setAttribute("aria-sort", "none");
    button.addEventListener("click", () => sort(header));
  });
  tags.forEach(tag => tag.addEventListener("click", () => {
    const pressed = tag.getAttribute("aria-pressed") === "true";
    tags.forEach(one => one.setAttribute("aria-pressed", "false"));
    tag.setAttribute("aria-pressed", String(!pressed));
    search();
  }));
  input.addEventListener("input", search);
  input.addEventListener("keydown", event => { if (event.key === "Escape") { input.value = ""; search(); } });
  finder.hidden = false;
});
