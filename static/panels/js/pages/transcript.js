// The transcript's page: the current position, keys, and links to other parts. It is readable without this script.
"use strict";

const answers = [...document.querySelectorAll(".exchanges .answer")];
const dialog = document.querySelector("#keys");
const switched = "panels.keys";

// Anchors such as #q30-a2 are cited permanently: if one is in another part, its link on this page leads there.
function follow() {
  const anchor = location.hash.slice(1);
  const found = document.getElementById(anchor);
  if (found?.closest(".other-pages")) location.replace(found.href);
  else if (!found && document.querySelector(".parts") && /^q\d+(-a\d+)?$/.test(anchor)) location.replace(`?at=${anchor}`);
}

function markPlace() {
  const links = new Map([...document.querySelectorAll(".contents li a")].map((link) => [link.hash.slice(1), link]));
  // Questions, or the passages in the contents of a conversation.
  const asked = document.querySelector(".contents ol");
  const exchanges = [...document.querySelectorAll(asked ? ".exchange" : ".answer")].filter((one) => asked || links.has(one.id));
  const pill = document.querySelector(".place");
  // The contents are before the text; what leads back to them is of use from there on.
  new IntersectionObserver(([contents]) => {
    pill.hidden = contents.isIntersecting || contents.boundingClientRect.top > 0;
  }).observe(document.querySelector(".contents"));
  const seen = new Set();
  let current = null;

  function mark() {
    const exchange = exchanges.find((one) => seen.has(one));
    if (!exchange || exchange === current) return;
    current = exchange;
    for (const link of links.values()) link.removeAttribute("aria-current");
    const link = links.get(exchange.id);
    if (!link) return;
    link.setAttribute("aria-current", "location");
    if (asked) pill.textContent = `${pill.dataset.place} ${link.parentElement.value}`;
    const list = link.closest(".contents");
    if (list.scrollHeight > list.clientHeight) list.scrollTop = link.offsetTop - list.clientHeight / 2;
  }

  // The passage that crosses the upper part of the window is being read.
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) seen[entry.isIntersecting ? "add" : "delete"](entry.target);
      mark();
    },
    { rootMargin: "-15% 0px -70% 0px" },
  );
  exchanges.forEach((exchange) => observer.observe(exchange));
}

function go(answer) {
  if (!answer) return;
  answer.tabIndex = -1;
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "start" });
}

// The answer in focus, or else the one at the top of the window.
function here() {
  const focused = answers.indexOf(document.activeElement?.closest(".answer"));
  if (focused >= 0) return focused;
  return answers.findLastIndex((answer) => answer.getBoundingClientRect().top < 40);
}

function ofSpeaker(way) {
  const label = answers[here()]?.querySelectorAll(".step") ?? [];
  const step = [...label].find((link) => link.textContent === (way > 0 ? "↓" : "↑"));
  if (!step) return;
  if (step.getAttribute("href").startsWith("#")) go(document.getElementById(step.hash.slice(1)));
  else location.assign(step.href);
}

const keys = {
  j: () => go(answers[here() + 1]),
  k: () => go(answers[Math.max(here() - 1, 0)]),
  n: () => ofSpeaker(1),
  p: () => ofSpeaker(-1),
  "?": () => dialog.showModal(),
};

// Keys also work in a browser without storage.
const kept = {
  read() {
    try {
      return localStorage.getItem(switched);
    } catch {
      return null;
    }
  },
  write(value) {
    try {
      localStorage.setItem(switched, value);
    } catch {
      // It applies to this page only.
    }
  },
};

// Users of speech input, or with unsteady hands, must be able to disable single-key shortcuts.
function listen() {
  const box = dialog.querySelector("input");
  box.checked = kept.read() !== "off";
  box.addEventListener("change", () => kept.write(box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    if (!box.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const button of document.querySelectorAll(".show-keys")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }
}

// On small screens the contents are collapsed: a link to them opens them.
function unfold() {
  const contents = document.querySelector(".contents details");
  if (!contents) return;
  document.querySelector(".place").addEventListener("click", () => (contents.open = true));
}

follow();
unfold();
window.addEventListener("hashchange", follow);
if (dialog) listen();
if (document.querySelector(".contents")) markPlace();
