// A button at every anchor that copies the passage's URL, its text, a citation or the HTML of its card. Without it the
// anchor is a link to a page with all of them.
"use strict";

const pattern = document.querySelector("#copying");

// As https://wicg.github.io/scroll-to-text-fragment/ has it: short words whole, long ones by how they begin and end.
function fragment(words) {
  const encoded = (text) => encodeURIComponent(text).replaceAll("-", "%2D");
  const plain = words.trim().split(/\s+/);
  const joined = plain.join(" ");
  if (joined.length <= 160) return `#:~:text=${encoded(joined)}`;
  if (plain.length < 10) return `#:~:text=${encoded(joined.slice(0, 32))},${encoded(joined.slice(-32))}`;
  return `#:~:text=${encoded(plain.slice(0, 5).join(" "))},${encoded(plain.slice(-5).join(" "))}`;
}

// The selected part of the passage, or else all of it.
function quoted(passage) {
  const words = passage.querySelector(".answer-text, .question-text");
  const selection = getSelection();
  const within = !selection.isCollapsed && words && words.contains(selection.anchorNode) && words.contains(selection.focusNode);
  const part = within ? selection.toString().trim() : "";
  return { text: part || (words ? words.innerText.trim() : ""), isPart: Boolean(part) };
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return answer;
}

async function citation(address) {
  const answer = await fetched(new URL("cite.txt", address));
  return (await answer.text()).trim();
}

async function embedCode(address) {
  const answer = await fetched(`${pattern.dataset.oembed}?url=${encodeURIComponent(address)}`);
  return (await answer.json()).html;
}

async function wanted(what, address, words) {
  if (what === "link") return address;
  if (what === "embed") return embedCode(address);
  const cited = await citation(address);
  if (what === "citation") return cited;
  return `“${words.text}”\n\n${words.isPart ? cited.replace(address, address + fragment(words.text)) : cited}`;
}

// Safari only accepts clipboard contents that were promised during the click.
function write(text) {
  const blob = text.then((words) => new Blob([words], { type: "text/plain" }));
  return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
}

function addButton(link) {
  const copying = pattern.content.firstElementChild.cloneNode(true);
  const [button, menu, told] = copying.children;
  const passage = link.closest(".answer, .question, .alone");
  let words = null;

  function open(isOpen) {
    menu.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  }

  button.setAttribute("aria-label", `${button.textContent}: ${link.textContent}`);
  // On some systems clicking a button clears the selection, so it is read before.
  button.addEventListener("pointerdown", () => (words = quoted(passage)));
  button.addEventListener("click", () => open(menu.hidden));
  menu.addEventListener("click", async (event) => {
    const what = event.target.dataset.what;
    if (!what) return;
    told.textContent = "";
    open(false);
    button.focus();
    try {
      await write(wanted(what, link.href, words || quoted(passage)));
      told.textContent = told.dataset.done;
    } catch {
      told.textContent = told.dataset.failed;
    }
    words = null;
    setTimeout(() => (told.textContent = ""), 2000);
  });
  copying.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || menu.hidden) return;
    open(false);
    button.focus();
  });
  copying.addEventListener("focusout", (event) => {
    if (!copying.contains(event.relatedTarget)) open(false);
  });
  link.parentElement.prepend(copying);
}

// Browsers provide the clipboard only in secure contexts.
if (pattern && navigator.clipboard && window.ClipboardItem) document.querySelectorAll("a.anchor").forEach(addButton);
