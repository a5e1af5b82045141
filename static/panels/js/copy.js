// Adds a button beside every anchor that copies the passage's address. Without this script the anchor is a link.
"use strict";

const { copy, copied } = document.currentScript.dataset;

function addButton(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = copy;
  button.setAttribute("aria-label", `${copy}: ${link.textContent}`);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(link.href);
    button.textContent = copied;
    button.setAttribute("aria-label", `${copied}: ${link.textContent}`);
    setTimeout(() => {
      button.textContent = copy;
      button.setAttribute("aria-label", `${copy}: ${link.textContent}`);
    }, 2000);
  });
  link.before(button);
}

// Browsers offer the clipboard on secure addresses only.
if (navigator.clipboard) document.querySelectorAll("a.anchor").forEach(addButton);
