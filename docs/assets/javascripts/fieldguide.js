// A link to one framework's snippet, such as #routing-flask, opens the tab that it stands in.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const block = target?.closest(".tabbed-block");
  if (!block) return;
  const place = [...block.parentElement.children].indexOf(block);
  const tabs = block.closest(".tabbed-set");
  tabs.querySelectorAll(":scope > input")[place].click();
  requestAnimationFrame(() => tabs.scrollIntoView());
}

addEventListener("hashchange", openTarget);
addEventListener("load", openTarget);

// What the theme leaves without a name, with the wrong role or out of the keyboard's reach.
document.querySelector("[data-md-component=search]")?.setAttribute("aria-label", "Search");
for (const box of document.querySelectorAll(".fg-plate .tabbed-block > .highlight, .fg-scroll")) box.tabIndex = 0;
addEventListener("load", () => {
  for (const tools of document.querySelectorAll(".md-code__nav")) tools.setAttribute("role", "presentation");
});
