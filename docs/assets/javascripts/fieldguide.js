// What one check sent and got back is shown at once where it is a single exchange.
function openOnly(wires) {
  if (wires.length === 1) wires[0].open = true;
}

// A link to one framework's snippet, such as #routing-flask, opens the tab that it stands in; one
// to a check opens its exchange.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.matches(".fg-check")) openOnly(target.querySelectorAll(".fg-wire"));
  const block = target?.closest(".tabbed-block");
  if (!block) return;
  const place = [...block.parentElement.children].indexOf(block);
  const tabs = block.closest(".tabbed-set");
  tabs.querySelectorAll(":scope > input")[place].click();
  requestAnimationFrame(() => tabs.scrollIntoView());
}

addEventListener("hashchange", openTarget);
addEventListener("load", openTarget);

// A row of a digest opens what went over the wire, which stands on the snippet's own page and is
// fetched from there once. Whoever cannot have it here follows the link.
const snippetPages = new Map();
function snippetPage(address) {
  const url = address.split("#")[0];
  if (!snippetPages.has(url)) {
    const page = fetch(url).then(async (response) => {
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      return new DOMParser().parseFromString(await response.text(), "text/html");
    });
    page.catch(() => snippetPages.delete(url));
    snippetPages.set(url, page);
  }
  return snippetPages.get(url);
}

for (const link of document.querySelectorAll(".fg-digest .fg-check__claim > a")) {
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const row = link.closest("li");
    let record = row.querySelector(":scope > .fg-check__record");
    if (!record) {
      try {
        const page = await snippetPage(link.href);
        const wires = page.getElementById(decodeURIComponent(link.hash.slice(1))).querySelectorAll(".fg-wire");
        if (row.querySelector(":scope > .fg-check__record")) return;
        record = document.createElement("div");
        record.className = "fg-check__record";
        record.hidden = true;
        record.append(...wires);
        openOnly(wires);
        row.append(record);
      } catch {
        location.href = link.href;
        return;
      }
    }
    record.hidden = !record.hidden;
    link.setAttribute("aria-expanded", String(!record.hidden));
  });
}

// What the theme leaves without a name, with the wrong role or out of the keyboard's reach.
document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", "Search");
for (const box of document.querySelectorAll(".fg-plate .tabbed-block > .highlight")) box.tabIndex = 0;
addEventListener("load", () => {
  for (const tools of document.querySelectorAll(".md-code__nav")) tools.setAttribute("role", "presentation");
});

// The reading list's filters. What is chosen stands in the address, so that it can be sent on.
function filterReading(form) {
  const list = document.querySelector(".fg-reading--all");
  const items = [...list.children].map((item) => {
    const [framework, concept, level, kind, cost, year] = item.dataset.r.split("|");
    return { item, framework: framework.split(" "), concept: concept.split(" "), level, kind, cost, year: Number(year), words: item.textContent.toLowerCase() };
  });
  const status = document.querySelector(".fg-filter__count");
  const fields = [...form.querySelectorAll("input, select")];
  let later;

  function show() {
    const wanted = Object.fromEntries(fields.map((field) => [field.name, field.value.trim()]));
    const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = items.filter(
      (one) =>
        (!wanted.framework || one.framework.includes(wanted.framework)) &&
        (!wanted.concept || one.concept.includes(wanted.concept)) &&
        ["level", "kind", "cost"].every((name) => !wanted[name] || one[name] === wanted[name]) &&
        (!wanted.since || one.year >= Number(wanted.since)) &&
        words.every((word) => one.words.includes(word)),
    );
    const whole = fitting.length === items.length;
    if (!whole || list.children.length < items.length) {
      // The list is replaced, as an attribute on each of its entries takes longer; what no window
      // is tall enough to show comes with the next frame.
      const entries = fitting.map(({ item }) => item);
      cancelAnimationFrame(later);
      list.replaceChildren(...entries.slice(0, 60));
      later = requestAnimationFrame(() => list.append(...entries.slice(60)));
    }
    status.textContent = whole ? `${items.length} resources` : `${fitting.length} of ${items.length} resources`;
  }

  function read() {
    const asked = new URLSearchParams(location.search);
    for (const field of fields) {
      field.value = asked.get(field.name) ?? "";
      if (field.value !== (asked.get(field.name) ?? "")) field.value = ""; // no such choice
    }
    show();
  }

  function changed() {
    show();
    const asked = new URLSearchParams(fields.filter((field) => field.value).map((field) => [field.name, field.value]));
    history.replaceState(null, "", `${location.pathname}${String(asked) && `?${asked}`}${location.hash}`);
  }

  form.hidden = false;
  form.addEventListener("input", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => requestAnimationFrame(changed));
  addEventListener("popstate", read);
  read();
}

const readingForm = document.querySelector(".fg-filter");
if (readingForm) filterReading(readingForm);
