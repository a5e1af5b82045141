// The preview of an import: steps are applied without reloading the page, and while the source is visible, a link to
// one of its lines scrolls only the source.
(() => {
  "use strict";
  const PREVIEW = "form.import:not(.review)";
  const LEAVES = new Set(["store", "discard", "update_alike"]); // buttons that lead to another page
  const form = document.querySelector(PREVIEW);
  const byId = (id) => document.getElementById(id);
  const source = () => document.querySelector(".source-lines");

  // The source

  const show = (line) => {
    source().querySelector(".shown")?.classList.remove("shown");
    line.classList.add("shown");
    source().scrollTop = line.offsetTop - source().clientHeight / 3;
  };

  const lineOf = (link) => byId(link.hash.slice(1));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-line");
    const line = link && source() && lineOf(link);
    if (!line) return;
    show(line);
    const { top, bottom } = source().getBoundingClientRect();
    if (top < window.innerHeight * 0.6 && bottom > window.innerHeight * 0.4) event.preventDefault();
  });

  const showLineBeside = (passage) => {
    const link = source() && passage?.querySelector("a.to-line");
    if (link && lineOf(link)) show(lineOf(link));
  };

  showLineBeside(byId(decodeURIComponent(location.hash.slice(1))));

  // The steps

  let isNative = false;

  form?.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!pressed || LEAVES.has(pressed.name) || isNative) return;
    event.preventDefault();
    if (!form.inert) take(pressed);
  });

  async function take(pressed) {
    const data = new FormData(form);
    data.append(pressed.name, pressed.value);
    form.inert = true; // nothing can be typed that would be lost
    const [page, address] = await ask(data);
    form.inert = false;
    const drawn = page?.querySelector(PREVIEW);
    if (drawn) redraw(drawn, page, address, pressed);
    else submitAsPage(pressed);
  }

  async function ask(data) {
    try {
      const answer = await fetch(location.href, { method: "POST", body: data });
      return [new DOMParser().parseFromString(await answer.text(), "text/html"), answer.url];
    } catch {
      return [null, ""];
    }
  }

  // The browser then shows the login page, or that it is offline.
  function submitAsPage(pressed) {
    isNative = true;
    form.requestSubmit(pressed);
    isNative = false;
  }

  function redraw(drawn, page, address, pressed) {
    const place = pressed.closest(".passage")?.id ?? "";
    const mark = place || pressed.closest("section[aria-labelledby]")?.getAttribute("aria-labelledby");
    const top = mark && byId(mark).getBoundingClientRect().top;
    const opened = [...form.querySelectorAll("details[open]")].map((one) => one.querySelector("[id]")?.id);
    const scrolled = source()?.scrollTop;

    form.replaceChildren(...drawn.childNodes);
    tell(page);
    for (const id of opened) byId(id)?.closest("details")?.setAttribute("open", "");
    if (scrolled !== undefined && source()) source().scrollTop = scrolled;
    history.replaceState(null, "", `${address.split("#")[0]}${place && `#${place}`}`);

    const stays = mark && byId(mark);
    if (stays) window.scrollBy(0, stays.getBoundingClientRect().top - top);
    focus(pressed, stays);
    if (place) showLineBeside(stays);
    document.querySelector("ul.messagelist :is(.error, .warning), .import .errorlist")?.scrollIntoView({ block: "center" });
  }

  function tell(page) {
    const now = page.querySelector("ul.messagelist");
    document.querySelector("ul.messagelist")?.remove();
    if (!now) return;
    now.setAttribute("role", "status");
    byId("content").before(now);
  }

  // To the form that was opened, to the next button of the kind that was pressed, or to the heading above.
  function focus(pressed, stays) {
    const text = pressed.name === "at" && byId("text");
    const again = [...form.elements].find((one) => one.name === pressed.name && one.value === pressed.value);
    const near = stays?.querySelector("#text, .edit-here") ?? stays ?? form.querySelector("h2");
    const found = text || (pressed.name === "enter" ? byId("text") : again) || near;
    if (!found) return;
    if (/^H\d$|^DIV$/.test(found.tagName)) found.tabIndex = -1;
    found.focus({ preventScroll: found !== text });
  }
})();
