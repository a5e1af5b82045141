// The key "/" focuses the search box of this page, or opens the search page if there is none.
"use strict";

// Single-key shortcuts that were disabled on a transcript's page (transcript.js) are disabled here too.
function isSwitchedOff() {
  try {
    return localStorage.getItem("panels.keys") === "off";
  } catch {
    return false;
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isSwitchedOff()) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const box = document.getElementById("search-q");
  if (box && box.checkVisibility()) {
    box.focus();
    box.select();
  } else {
    location.assign(document.querySelector("[data-search]").href);
  }
});
